// Words of a drawing: as long as their room, cut between letters, and kept apart where they run from right to left.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fitted } from '../../src/entries/options/report/fit-words';

/** A canvas whose letters are all ten wide; marks that join letters are not seen. */
class Canvas {
  getContext() {
    return { font: '', measureText: (words: string) => ({ width: 10 * [...words.replace(/\p{Cf}/gu, '')].length }) };
  }
}
beforeAll(() => void vi.stubGlobal('OffscreenCanvas', Canvas));
afterAll(() => void vi.unstubAllGlobals());

it('leaves what fits as it is', () => {
  expect(fitted(['Kasparov', 'كاسباروف'], 80, 12)).toEqual([
    { words: 'Kasparov', width: 80 },
    { words: '\u2068كاسباروف\u2069', width: 80 },
  ]);
});

it('cuts what does not, so that it fits with its three dots', () => {
  const names = ['Verylongname'.repeat(25), 'A name with blanks', 'كاسباروف (1985) – Garry!', '👩🏽‍🚀'.repeat(9)];
  const [long, blanks, arabic, astronauts] = fitted(names, 80, 12);
  expect(long).toEqual({ words: 'Verylon…', width: 80 });
  expect(blanks).toEqual({ words: 'A name…', width: 70 });
  expect(arabic).toEqual({ words: '\u2068كاسبارو…\u2069', width: 80 });
  // Three marks make one letter: two of them are 60 wide, and a third would not fit.
  expect(astronauts).toEqual({ words: `${'👩🏽‍🚀'.repeat(2)}…`, width: 70 });
});

it('has three dots at least, however little room there is', () => {
  expect(fitted(['Kasparov'], 0, 12)).toEqual([{ words: '…', width: 10 }]);
});
