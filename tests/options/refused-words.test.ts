// A file that was not taken is called by its name, and not by how many there were of it.
import { expect, it, vi } from 'vitest';
import { refusedWords } from '../../src/entries/options/import/refused-words';

vi.mock('../../src/edges/i18n', () => ({
  t: (...words: string[]) => words.join(' '),
  number: String,
  nameList: (names: string[]) => names.join(', '),
}));
vi.mock('../../src/edges/reason-words', () => ({ ownReasonWords: (reason: string) => `It is ${reason}.` }));

it('says which file it was, or how many there were and the names of the first', () => {
  const files = (...names: string[]) => names.map(name => ({ name, reason: 'empty' as const }));
  expect(refusedWords({ empty: 1 }, files('a.jpg'))).toEqual(['a.jpg: It is empty.']);
  expect(refusedWords({ empty: 1 }, [])).toEqual(['1: It is empty.']);
  expect(refusedWords({ empty: 2 }, files('a.jpg', 'b.jpg'))).toEqual([
    'import_refused_named 2: It is empty. a.jpg, b.jpg',
  ]);
});
