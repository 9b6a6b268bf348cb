// Moves shown before the lists are read again: what a label's rows are after them.
import { expect, it } from 'vitest';
import { afterMoves } from '../../src/entries/options/app/sample-moves';
import { names, sample } from '../pipeline/bucket/samples';

const rows = [sample('a'), sample('b'), sample('c')];

it('deleted and moved-away samples go at once', () => {
  expect(names(afterMoves(rows, 'l', [{ samples: [rows[1]!], to: undefined }]))).toBe('ac');
  expect(names(afterMoves(rows, 'l', [{ samples: [rows[0]!, rows[2]!], to: 'other' }]))).toBe('b');
});

it('samples that come to a label stand in it once, under its name', () => {
  const there = sample('d', { labelId: 'other' });
  const after = afterMoves(rows, 'l', [{ samples: [there], to: 'l' }]);
  expect(names(after)).toBe('abcd');
  expect(after.at(-1)?.labelId).toBe('l');
  expect(names(afterMoves(after, 'l', [{ samples: [there], to: 'l' }]))).toBe('abcd');
});

it('a deletion and its undoing leave the rows as they were', () => {
  const gone = { samples: [rows[1]!], to: undefined };
  expect(names(afterMoves(rows, 'l', [gone, { samples: [rows[1]!], to: 'l' }]))).toBe('acb');
});
