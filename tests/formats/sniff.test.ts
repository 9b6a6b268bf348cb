// What a body is by its first bytes: the same verdict for whatever may stand before a drawing, in time that never explodes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../src/formats/sniff';
import { check } from '../../src/pipeline/download/check';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const kindOf = (text: string) => {
  const { kind, type } = sniff(bytes(text));
  return kind === 'other-image' ? type : kind;
};

describe('a drawing', () => {
  const BLANKS = ['', ' ', '\n', '\t\r\n', '\xa0'];
  const PIECES = [
    '<!---->',
    '<!-- a > b -->',
    '<!-->-->',
    '<?xml version="1.0"?>',
    '<?XML-stylesheet?>',
    '<!DOCTYPE svg>',
  ];
  const piece = fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...BLANKS)).map(parts => parts.join(''));
  const prologue = fc
    .tuple(fc.constantFrom('', '\xef\xbb\xbf'), fc.constantFrom(...BLANKS), fc.array(piece, { maxLength: 6 }))
    .map(([mark, blanks, pieces]) => mark + blanks + pieces.join(''));

  it('is known behind byte order mark, blanks, declaration, comments and doctype', () => {
    fc.assert(
      fc.property(prologue, fc.constantFrom('<svg>', '<SVG ', '<svg\n', '<svg/'), (start, element) => {
        expect(kindOf(start + element)).toBe('svg');
      }),
    );
  });

  it('is nothing that only looks like one', () => {
    for (const end of ['', '<svg', '<svgx>', '<!--', '<!-- <svg>', '<?xml', '<!DOCTYPE svg', '<html><svg>', 'x<svg>'])
      fc.assert(
        fc.property(prologue, start => {
          expect(kindOf(start + end)).not.toBe('svg');
        }),
        { numRuns: 20 },
      );
  });
});

describe('a text that repeats itself', () => {
  const TOKENS = [
    '<!--',
    '-->',
    '<?xml',
    '>',
    '<!DOCTYPE svg',
    ' ',
    '\n',
    '<svg',
    '-',
    '<',
    '!',
    '<!-',
    '\xef\xbb\xbf',
  ];
  const TOO_LONG = 1_000;

  /** Steps so small that a time which doubles with each is caught before the next takes minutes. */
  function* lengths(token: string): Generator<number> {
    for (let n = 1; n * token.length < 1_000_000; n = n < 40 ? n + 1 : 2 * n) yield n;
  }

  it('is read in time that does not grow out of hand, whatever one or two tokens it repeats', () => {
    for (const first of TOKENS) {
      for (const second of ['', ...TOKENS]) {
        for (const n of lengths(first + second)) {
          const body = bytes((first + second).repeat(n));
          const start = performance.now();
          check(body);
          const took = performance.now() - start;
          expect(took, `${JSON.stringify(first + second)} × ${n}`).toBeLessThan(TOO_LONG);
        }
      }
    }
  }, 120_000);
});
