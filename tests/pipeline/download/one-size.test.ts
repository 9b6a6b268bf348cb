// One truth about a picture's size: whatever in a file asks for the most room is what the limits are held against.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/pipeline/download/check';
import { avifFile, avisFile, box, gridItem, movingStream, stillStream } from './avif-file';

const ascii = (text: string) => [...text].map(character => character.charCodeAt(0));
const le16 = (n: number) => [n & 255, (n >> 8) & 255];
const le24 = (n: number) => [...le16(n), (n >> 16) & 255];
const le32 = (n: number) => [...le24(n), (n >>> 24) & 255];
const be16 = (n: number) => le16(n).reverse();
const be32 = (n: number) => le32(n).reverse();

const SMALL = 300;
/** 81 million pixels, within the limit of one side. */
const LARGE = 9000;
const tooLarge = { ok: false, reason: 'too-many-pixels', detail: `${LARGE} × ${LARGE}` };
const asShown = { ok: true, header: { width: SMALL, height: SMALL } };
const shown: [number, number] = [SMALL, SMALL];
const av01 = (data: number[], pieces?: number) => ({ type: 'av01', data, ...(pieces ? { pieces } : {}) }) as const;

describe('an AVIF', () => {
  it.each([
    ['a still', avifFile(shown, [av01(stillStream(SMALL, SMALL))])],
    ['a still in two pieces of mdat', avifFile(shown, [av01(stillStream(SMALL, SMALL), 2)])],
    [
      'with transparency and its headers beside it',
      avifFile(shown, [av01(stillStream(SMALL, SMALL)), av01(stillStream(SMALL, SMALL))], stillStream(SMALL, SMALL)),
    ],
    ['a grid', avifFile(shown, [gridItem(SMALL, SMALL), av01(movingStream(SMALL, SMALL))])],
    ['a sequence', avisFile(shown, [movingStream(SMALL, SMALL), movingStream(SMALL, SMALL)])],
  ])('whose parts agree is taken: %s', (_name, file) => {
    expect(check(file)).toMatchObject({ type: 'avif', ...asShown });
  });

  it.each([
    ['short sequence header', avifFile(shown, [av01(stillStream(LARGE, LARGE))])],
    ['long sequence header', avifFile(shown, [av01(movingStream(LARGE, LARGE))])],
    ['sequence header across two pieces', avifFile(shown, [av01(stillStream(LARGE, LARGE), 2)])],
    ['second sequence header', avifFile(shown, [av01([...stillStream(SMALL, SMALL), ...stillStream(LARGE, LARGE)])])],
    ['transparency', avifFile(shown, [av01(stillStream(SMALL, SMALL)), av01(stillStream(LARGE, LARGE))])],
    ['configuration', avifFile(shown, [av01(stillStream(SMALL, SMALL))], stillStream(LARGE, LARGE))],
    ['grid', avifFile(shown, [gridItem(LARGE, LARGE), av01(stillStream(SMALL, SMALL))])],
    ['part of a grid', avifFile(shown, [gridItem(SMALL, SMALL), av01(stillStream(LARGE, LARGE))])],
    ['later frame of a sequence', avisFile(shown, [movingStream(SMALL, SMALL), movingStream(LARGE, LARGE)])],
  ])('is as large as its %s says, not as small as ispe', (_name, file) => {
    expect(check(file)).toEqual(tooLarge);
  });

  it('may hold a frame as large as its bits can say, when the frame has a size of its own', () => {
    const most = { ok: false, reason: 'too-many-pixels', detail: '65536 × 65536' };
    expect(check(avifFile(shown, [av01(movingStream(SMALL, SMALL, true))]))).toEqual(most);
    expect(check(avisFile(shown, [movingStream(SMALL, SMALL), movingStream(SMALL, SMALL, true)]))).toEqual(most);
  });

  it('is refused when a coded picture cannot be found, stands twice, or is one of too many', () => {
    expect(check(avifFile(shown, [av01(ascii('no units at all'))]))).toMatchObject({ reason: 'undecodable' });
    const twice = avifFile(shown, [av01(stillStream(SMALL, SMALL))]);
    const doubled = Uint8Array.from([...twice, ...box('meta', be32(0))]);
    expect(check(doubled)).toMatchObject({ reason: 'undecodable' });
    const parts = Array.from({ length: 60 }, () => av01(stillStream(2000, 2000)));
    expect(check(avifFile([2000, 2000], parts))).toMatchObject({ reason: 'undecodable' });
  });

  it('costs no more when its tables have the same bytes read again and again', () => {
    // Each of 1,800 joins 400 KB in two pieces.
    const units = [...stillStream(SMALL, SMALL), ...new Array<number>(400_000).fill(0)];
    const again = { ...av01([], 2), shares: true } as const;
    const file = avifFile(shown, [av01(units, 2), ...Array.from({ length: 1_800 }, () => again)]);
    const started = performance.now();
    expect(check(file)).toMatchObject({ reason: 'undecodable' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a JPEG', () => {
  const plain = jpeg.encode({ width: SMALL, height: SMALL, data: new Uint8Array(SMALL * SMALL * 4).fill(90) }, 80).data;
  const start = plain.indexOf(0xc0, 2) - 1;
  const frame = (marker: number, side: number) => [
    0xff,
    marker,
    ...be16(11),
    8,
    ...be16(side),
    ...be16(side),
    1,
    1,
    0x11,
    0,
  ];
  const early = (...bytes: number[]) => Uint8Array.from([...plain.subarray(0, 2), ...bytes, ...plain.subarray(2)]);
  const late = (...bytes: number[]) => {
    const scan = Buffer.from(plain).indexOf(Buffer.from([0xff, 0xda]));
    return Uint8Array.from([...plain.subarray(0, scan), ...bytes, ...plain.subarray(scan)]);
  };

  it('whose first frame is found as before is taken', () => {
    expect(plain[start]).toBe(0xff);
    expect(check(plain)).toMatchObject(asShown);
    expect(check(early(0xff, 0xff, 0xff))).toMatchObject(asShown);
    expect(check(early(0xff, 0xe5, 0, 4, 1, 2, 0xff, 0xfe, 0, 3, 65))).toMatchObject(asShown);
  });

  const reserved = [0x02, 0x30, 0xbf, 0xc8, 0xd8, 0xd9, 0xdc, 0xde, 0xdf, 0xf0, 0xf3, 0xf7, 0xf8, 0xfd];
  it.each(reserved)('is refused with the marker %i, which hides a frame from some decoders', marker => {
    const hidden = frame(0xc0, LARGE);
    const file = early(0xff, marker, ...be16(hidden.length + 2), ...hidden);
    expect(check(file)).toMatchObject({ ok: false, reason: 'undecodable' });
  });

  it('is as large as the largest of its frames', () => {
    expect(check(early(...frame(0xc0, LARGE)))).toEqual(tooLarge);
    expect(check(late(...frame(0xc2, LARGE)))).toEqual(tooLarge);
  });
});

describe('a PNG', () => {
  const chunk = (name: string, ...data: number[][]) => [
    ...be32(data.flat().length),
    ...ascii(name),
    ...data.flat(),
    0,
    0,
    0,
    0,
  ];
  const header = (side: number) => chunk('IHDR', be32(side), be32(side), [8, 2, 0, 0, 0]);
  const file = (...parts: number[][]) =>
    Uint8Array.from([...[0x89, ...ascii('PNG\r\n\x1a\n')], ...parts.flat(), ...chunk('IEND')]);

  it('is as large as its largest header or part', () => {
    expect(check(file(header(SMALL)))).toMatchObject(asShown);
    expect(check(file(header(SMALL), header(LARGE)))).toEqual(tooLarge);
    const control = [be32(0), be32(LARGE), be32(LARGE), be32(0), be32(0), be16(1), be16(10), [0, 0]];
    expect(check(file(header(SMALL), chunk('fcTL', ...control)))).toEqual(tooLarge);
  });

  it('has as many pictures as parts, whatever it announces', () => {
    const control = chunk('fcTL', be32(0), be32(9), be32(9), be32(0), be32(0), be16(1), be16(10), [0, 0]);
    const announced = chunk('acTL', be32(1), be32(0));
    const parts = Array.from({ length: 400 }, () => control);
    expect(check(file(header(SMALL), announced, ...parts))).toMatchObject({ reason: 'too-many-pixels' });
  });

  it('is refused when its header has another length', () => {
    const long = chunk('IHDR', be32(SMALL), be32(SMALL), [8, 2, 0, 0, 0, 0]);
    expect(check(file(long))).toMatchObject({ reason: 'undecodable' });
  });
});

describe('a WebP', () => {
  const chunk = (name: string, ...data: number[][]) => [...ascii(name), ...le32(data.flat().length), ...data.flat()];
  const file = (...parts: number[][]) =>
    Uint8Array.from([...ascii('RIFF'), ...le32(parts.flat().length + 4), ...ascii('WEBP'), ...parts.flat()]);
  const canvas = chunk('VP8X', [2, 0, 0, 0], le24(SMALL - 1), le24(SMALL - 1));
  const lossy = (side: number) => chunk('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a], le16(side), le16(side), le32(0));
  const lossless = (side: number) => chunk('VP8L', [0x2f], le32(((side - 1) | ((side - 1) << 14)) >>> 0), [0]);
  const frame = (side: number, ...inner: number[][]) =>
    chunk('ANMF', le24(0), le24(0), le24(side - 1), le24(side - 1), [0, 0, 0, 0], ...inner);

  it('is as large as its largest picture, wherever that lies', () => {
    expect(check(file(canvas, lossy(SMALL)))).toMatchObject(asShown);
    expect(check(file(canvas, frame(SMALL, lossy(SMALL)), frame(20, lossless(20))))).toMatchObject(asShown);
    for (const large of [
      lossy(LARGE),
      lossless(LARGE),
      frame(LARGE),
      frame(SMALL, lossy(LARGE)),
      [...frame(SMALL, lossy(SMALL)), ...frame(SMALL, chunk('ALPH', [0, 0]), lossy(LARGE))],
    ])
      expect(check(file(canvas, large))).toEqual(tooLarge);
  });
});

it('a BMP that is a JPEG or PNG in truth is refused', () => {
  const file = (packing: number) =>
    Uint8Array.from([
      ...ascii('BM'),
      ...le32(0),
      ...le32(0),
      ...le32(54),
      ...le32(40),
      ...le32(64),
      ...le32(64),
      ...le16(1),
      ...le16(24),
      ...le32(packing),
      ...le32(0),
      ...le32(0),
      ...le32(0),
      ...le32(0),
      ...le32(0),
    ]);
  expect(check(file(0))).toMatchObject({ ok: true });
  expect(check(file(4))).toMatchObject({ reason: 'undecodable' });
  expect(check(file(5))).toMatchObject({ reason: 'undecodable' });
});

const REAL = join(import.meta.dirname, '../../../../shared/odd-images/avif__sofa_grid1x5_420.avif');
it.skipIf(!existsSync(REAL))(
  'a real AVIF keeps its size (../shared/odd-images is not here when this is skipped)',
  () => {
    expect(check(new Uint8Array(readFileSync(REAL)))).toMatchObject({ ok: true });
  },
);
