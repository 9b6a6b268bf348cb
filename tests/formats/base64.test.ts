// Bytes as text and back, in pieces; what is no such text, or of another length, is refused.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/formats/base64';

const written = (...arrays: Uint8Array[]) => [...toBase64(arrays)].join('');

it('writes what everybody reads, however the bytes are cut, and reads it back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60_000 }), { maxLength: 4 }), arrays => {
      const whole = Buffer.concat(arrays);
      const text = written(...arrays);
      expect(text).toBe(whole.toString('base64'));
      expect(Buffer.from(fromBase64(text, whole.length)!).equals(whole)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it.each([
  ['a text that was cut off', written(new Uint8Array(90_000)).slice(0, 50_000), 90_000],
  ['one that is too long', written(new Uint8Array(90_000)), 60_000],
  ['other letters', '<script>', 6],
  ['nothing', '', 1],
])('refuses %s', (_, text, length) => {
  expect(fromBase64(text, length)).toBeUndefined();
});
