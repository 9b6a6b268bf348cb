// What a page may send: everything else is dropped or cut, whatever it looks like.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BATCH_LIMITS,
  checkBatch,
  checkCandidate,
  checkId,
  checkText,
} from '../../../src/pipeline/harvest/check-batch';

const ID = '0d1f8a5e-6f0e-4c39-9d3a-0a7a4a1f9b11';
const batch = (change: object) => checkBatch({ harvestId: ID, candidates: [], tiles: 0, refused: {}, ...change });

describe('a candidate', () => {
  it('keeps its known fields and drops the others', () => {
    const sent = {
      url: 'https://a.test/x.jpg#top',
      width: 640,
      height: 480,
      title: '  A\u0000cat\n',
      licence: `CC\tBY ${'x'.repeat(200)}`,
      sourcePage: 'https://a.test/page',
      thumbnail: 'https://t.test/1',
      labelId: 'other',
    };
    expect(checkCandidate(sent)).toEqual({
      url: 'https://a.test/x.jpg',
      width: 640,
      height: 480,
      title: 'A cat',
      licence: `CC BY ${'x'.repeat(74)}`,
      sourcePage: 'https://a.test/page',
      thumbnail: 'https://t.test/1',
    });
  });

  it.each([
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'file:///etc/passwd',
    'https://user:pass@a.test/x.jpg',
    `https://a.test/${'x'.repeat(9000)}`,
    'https://encrypted-tbn0.gstatic.com/images?q=tbn:x',
    '',
    null,
    7,
    ['https://a.test/'],
  ])('is refused for the address %j', url => {
    expect(checkCandidate({ url })).toBeUndefined();
  });

  it.each([
    [-1, 5],
    [1.5, 5],
    ['640', 480],
    [Number.NaN, 1],
    [1e9, 1],
    [640, undefined],
  ])('loses the size %j × %j', (width, height) => {
    expect(checkCandidate({ url: 'https://a.test/', width, height })).toEqual({ url: 'https://a.test/' });
  });

  it('has no words that turn around what is said beside them', () => {
    const { title, licence } =
      checkCandidate({ url: 'https://a.test/', title: '\u202Ecat\u2067', licence: 'CC\u202E' }) ?? {};
    expect([title, licence]).toEqual(['cat', 'CC']);
  });

  it('loses addresses of pages and thumbnails that are none', () => {
    expect(checkCandidate({ url: 'https://a.test/', sourcePage: 'javascript:x', thumbnail: 'data:,' })).toEqual({
      url: 'https://a.test/',
    });
  });
});

describe('a batch', () => {
  it('is bounded in length and in its reasons', () => {
    const candidates = Array.from({ length: 2000 }, (_, i) => ({ url: `https://a.test/${i}` }));
    const checked = batch({
      candidates,
      tiles: 112,
      refused: { 'no-full-size': 12, invented: 5, __proto__: { x: 1 } },
    });
    expect(checked?.candidates).toHaveLength(BATCH_LIMITS.candidates);
    expect(checked).toMatchObject({ tiles: 112, refused: { 'no-full-size': 12 } });
    expect(Object.keys(checked ?? {})).toEqual(['harvestId', 'engine', 'candidates', 'tiles', 'refused']);
  });

  it.each([
    [undefined],
    ['text'],
    [{ harvestId: ID }],
    [{ harvestId: 'x', candidates: [] }],
    [{ harvestId: [ID], candidates: [] }],
    [{ harvestId: ID, candidates: { length: 3 } }],
  ])('is none when it is %j', value => {
    expect(checkBatch(value)).toBeUndefined();
  });

  it('never throws, and never lets anything but http(s) through', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.anything(), (candidate, refused) => {
        const checked = batch({ candidates: [candidate], refused, tiles: candidate });
        for (const { url } of checked?.candidates ?? []) expect(url).toMatch(/^https?:\/\//);
        expect(checked?.tiles).toBeTypeOf('number');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text', () => {
  it('is cut, made well formed and stripped of control characters', () => {
    expect(checkText('x'.repeat(1e6), 10)).toBe('x'.repeat(10));
    expect(checkText('a\u0000\u001b[31mb\ud800', 50)).toBe('a [31mb\uFFFD');
    expect(checkText({ toString: () => 'x' }, 50)).toBe('');
  });
  it('is an id only in the form of ids', () => {
    expect([checkId(ID), checkId(`${ID}x`), checkId({})]).toEqual([ID, undefined, undefined]);
  });
});
