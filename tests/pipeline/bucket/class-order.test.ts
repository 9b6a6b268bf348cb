// Classes are numbered as Python sorts their folders.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byCodePoint } from '../../../src/pipeline/bucket/class-order';

it('puts characters beyond U+FFFF behind all others', () => {
  expect(['𠮷野家', 'ＣｏＣｏ', 'a', '猫'].sort(byCodePoint)).toEqual(['a', '猫', 'ＣｏＣｏ', '𠮷野家']);
});

it('orders any names as their code points are ordered', () => {
  const points = (text: string) => [...text].map(character => character.codePointAt(0) ?? 0);
  const expected = (one: string, other: string) => {
    const [a, b] = [points(one), points(other)];
    const at = a.findIndex((point, i) => point !== b[i]);
    return at < 0 ? a.length - b.length : b[at] === undefined ? 1 : (a[at] ?? 0) - b[at];
  };
  const name = fc.string({ unit: 'binary', maxLength: 5 });
  fc.assert(
    fc.property(name, name, (one, other) => Math.sign(byCodePoint(one, other)) === Math.sign(expected(one, other))),
  );
});
