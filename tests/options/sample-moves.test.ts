// Moves shown before the lists are read again: what a label's rows are after them.
import { expect, it } from 'vitest';
import { letters, sampleRow } from '../../harness/rows';
import { afterMoves } from '../../src/entries/options/app/sample-moves';

const rows = [sampleRow('a'), sampleRow('b'), sampleRow('c')];

it('deleted and moved-away samples go at once', () => {
  expect(letters(afterMoves(rows, 'l', [{ samples: [rows[1]!], to: undefined }]))).toBe('ac');
  expect(letters(afterMoves(rows, 'l', [{ samples: [rows[0]!, rows[2]!], to: 'other' }]))).toBe('b');
});

it('samples that come to a label stand in it once, under its name', () => {
  const there = sampleRow('d', { labelId: 'other' });
  const after = afterMoves(rows, 'l', [{ samples: [there], to: 'l' }]);
  expect(letters(after)).toBe('abcd');
  expect(after.at(-1)?.labelId).toBe('l');
  expect(letters(afterMoves(after, 'l', [{ samples: [there], to: 'l' }]))).toBe('abcd');
});

it('a deletion and its undoing leave the rows as they were', () => {
  const gone = { samples: [rows[1]!], to: undefined };
  expect(letters(afterMoves(rows, 'l', [gone, { samples: [rows[1]!], to: 'l' }]))).toBe('acb');
});
