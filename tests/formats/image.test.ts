// Headers of images the test builds itself: sizes as stored, frames; random and mutated bytes never throw.

import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { ascii, be16, be32, bmpHeader, le16, le24, le32 } from '../../harness/byte-lists';
import { IMAGE_TYPES, type ImageType } from '../../src/contract/sample';
import { readHeader } from '../../src/formats/image';
import { sniff } from '../../src/formats/sniff';
import { check, refusedSize } from '../../src/pipeline/download/check';
import { IMAGE_LIMITS, OWN_LIMITS } from '../../src/pipeline/download/limits';

const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat());

const exif = (orientation: number) => [
  ...ascii('Exif\0\0MM\0*'),
  ...be32(8),
  ...be16(1),
  ...be16(0x0112),
  ...be16(3),
  ...be32(1),
  ...be16(orientation),
  ...be16(0),
];

function jpegOf(width: number, height: number, orientation = 1): Uint8Array {
  const plain = jpeg.encode({ width, height, data: new Uint8Array(width * height * 4).fill(90) }, 80).data;
  const app1 = [0xff, 0xe1, ...be16(exif(orientation).length + 2), ...exif(orientation)];
  return Uint8Array.from([...plain.subarray(0, 2), ...app1, ...plain.subarray(2)]);
}

function pngOf(width: number, height: number): Uint8Array {
  return new Uint8Array(PNG.sync.write(new PNG({ width, height })));
}

function chunk(name: string, data: number[]): number[] {
  return [...be32(data.length), ...ascii(name), ...data, 0, 0, 0, 0];
}

function gifOf(width: number, height: number, frames: number, frameWidth = width): Uint8Array {
  const frame = [0x2c, ...le16(0), ...le16(0), ...le16(frameWidth), ...le16(height), 0, 2, 2, 0x4c, 0x01, 0];
  const control = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const all = Array.from({ length: frames }, () => [...control, ...frame]).flat();
  return bytes(ascii('GIF89a'), le16(width), le16(height), [0x80, 0, 0], [0, 0, 0, 255, 255, 255], all, [0x3b]);
}

function webpOf(...chunks: [string, number[]][]): Uint8Array {
  const body = chunks.flatMap(([name, data]) => [
    ...ascii(name),
    ...le32(data.length),
    ...data,
    ...(data.length & 1 ? [0] : []),
  ]);
  return bytes(ascii('RIFF'), le32(body.length + 4), ascii('WEBP'), body);
}
const vp8x = (width: number, height: number): [string, number[]] => [
  'VP8X',
  [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)],
];

const box = (type: string, ...data: number[][]) => [...be32(data.flat().length + 8), ...ascii(type), ...data.flat()];

function avifOf(width: number, height: number, quarterTurns?: number): Uint8Array {
  const ispe = box('ispe', be32(0), be32(width), be32(height));
  const other = box('ispe', be32(0), be32(9999), be32(9999));
  const irot = quarterTurns === undefined ? [] : box('irot', [quarterTurns]);
  const used = quarterTurns === undefined ? [2] : [2, 3];
  const ipma = box('ipma', be32(0), be32(2), be16(7), [1, 1], be16(1), [used.length, ...used]);
  const iprp = box('iprp', box('ipco', other, ispe, irot), ipma);
  return bytes(
    box('ftyp', ascii('avif'), be32(0), ascii('mif1')),
    box('meta', be32(0), box('pitm', be32(0), be16(1)), iprp),
  );
}

const SAMPLES: [string, ImageType, Uint8Array, { width: number; height: number; frames?: number }][] = [
  ['a JPEG', 'jpeg', jpegOf(48, 33), { width: 48, height: 33 }],
  ['a JPEG on its side', 'jpeg', jpegOf(48, 33, 6), { width: 48, height: 33 }],
  ['a JPEG upside down', 'jpeg', jpegOf(48, 33, 3), { width: 48, height: 33 }],
  ['a PNG', 'png', pngOf(60, 41), { width: 60, height: 41 }],
  [
    'an APNG with EXIF',
    'png',
    bytes([...pngOf(60, 41).subarray(0, 33)], chunk('acTL', [...be32(12), ...be32(0)]), chunk('eXIf', exif(8)), [
      ...pngOf(60, 41).subarray(33),
    ]),
    { width: 60, height: 41, frames: 12 },
  ],
  ['a GIF', 'gif', gifOf(64, 50, 1), { width: 64, height: 50 }],
  [
    'an animated GIF with a frame beyond its screen',
    'gif',
    gifOf(64, 50, 7, 300),
    { width: 300, height: 50, frames: 7 },
  ],
  [
    'a lossy WebP',
    'webp',
    webpOf(['VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(70), ...le16(45)]]),
    { width: 70, height: 45 },
  ],
  [
    'a lossless WebP',
    'webp',
    webpOf(['VP8L', [0x2f, ...le32((70 - 1) | ((45 - 1) << 14))]]),
    { width: 70, height: 45 },
  ],
  [
    'an animated WebP with EXIF',
    'webp',
    webpOf(vp8x(700, 450), ['ANMF', [1, 2, 3]], ['ANMF', [1]], ['EXIF', exif(5)]),
    { width: 700, height: 450, frames: 2 },
  ],
  ['an AVIF', 'avif', avifOf(640, 480), { width: 640, height: 480 }],
  ['an AVIF with a quarter turn', 'avif', avifOf(640, 480, 1), { width: 640, height: 480 }],
  ['a BMP with rows from the top', 'bmp', bmpHeader(80, -60), { width: 80, height: 60 }],
];

describe('readHeader', () => {
  it.each(SAMPLES)('reads %s', (_name, type, file, { frames = 1, ...size }) => {
    expect(sniff(file)).toEqual({ kind: 'image', type });
    const header = readHeader(type, file, IMAGE_LIMITS);
    expect(header).toEqual({ ...size, frames });
    expect(check(file, 16)).toMatchObject({ ok: true, type });
  });

  it('never throws on random bytes, whatever they claim to be', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IMAGE_TYPES), fc.uint8Array({ maxLength: 400 }), (type, noise) => {
        readHeader(type, noise, IMAGE_LIMITS);
        check(noise);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws on truncated or mutated files', () => {
    const sample = fc.constantFrom(...SAMPLES);
    const mutations = fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(sample, fc.nat(2000), mutations, ([, type, file], length, changes) => {
        const broken = Uint8Array.from(file.subarray(0, length));
        for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
        readHeader(type, broken, IMAGE_LIMITS);
        check(broken);
      }),
      { numRuns: 3000 },
    );
  });

  it('gets through a hostile file of 2 MB made of the smallest parts', () => {
    const size = 2 * 1024 * 1024;
    const filled = (start: Uint8Array, ...pattern: number[]) => {
      const file = new Uint8Array(size);
      for (let at = 0; at < size; at++) file[at] = pattern[at % pattern.length] ?? 0;
      file.set(start);
      return file;
    };
    const files: [ImageType, Uint8Array][] = [
      ['gif', filled(gifOf(64, 50, 1).subarray(0, -1), 0x21, 1, 0)],
      ['png', filled(pngOf(40, 40).subarray(0, 33), 0)],
      ['jpeg', filled(bytes([0xff, 0xd8]), 0xff)],
      ['avif', filled(avifOf(40, 40).subarray(0, 20), 0, 0, 0, 8)],
      ['webp', filled(webpOf(vp8x(40, 40)), 0)],
    ];
    for (const [type, file] of files) {
      expect(() => readHeader(type, file, IMAGE_LIMITS)).not.toThrow();
    }
  });
});

describe('sniff', () => {
  const text = (value: string) => new TextEncoder().encode(value);
  it.each([
    ['<svg xmlns="x"/>', 'other-image', 'svg'],
    ['\ufeff<?xml version="1.0"?>\n<!-- a -->\n<svg>', 'other-image', 'svg'],
    ['<!DOCTYPE html><html>', 'not-image', 'html'],
    ['  <html><body><svg></svg>', 'not-image', 'html'],
    ['<?xml version="1.0"?><rss/>', 'not-image', 'xml'],
    ['{"error":"no"}', 'not-image', 'json'],
    ['%PDF-1.4', 'not-image', 'pdf'],
    ['PK\x03\x04....', 'not-image', 'zip'],
    ['BMW is a car maker', 'not-image', 'text'],
    ['GIF as text', 'not-image', 'text'],
    ['8BPS\0\x01', 'other-image', 'psd'],
    ['II*\0\x08\0\0\0', 'other-image', 'tiff'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1', 'other-image', 'heic'],
    ['\0\0\0\x18ftypmp42\0\0\0\0isom', 'not-image', 'video'],
    ['\0\0\x01\0\x01\0\x10\x10', 'other-image', 'icon'],
  ])('%j is %s %s', (start, kind, type) => {
    expect(sniff(text(start))).toEqual({ kind, type });
  });
});

describe('check', () => {
  it.each([
    [new Uint8Array(0), 'empty', undefined],
    [new Uint8Array(25 * 1024 * 1024 + 1), 'too-large', '26214401'],
    [pngOf(16, 16), 'too-small', '16 × 16'],
    [new TextEncoder().encode('<html>'), 'not-an-image', 'html'],
    [new TextEncoder().encode('<svg>'), 'type-refused', 'svg'],
    [pngOf(40, 40).subarray(0, 20), 'undecodable', 'png'],
    [bmpHeader(0, 40), 'undecodable', 'bmp'],
    [bmpHeader(65535, 65535), 'too-many-pixels', '65535 × 65535'],
    [bmpHeader(1000, 40), 'too-narrow', '1000 × 40'],
    [gifOf(64, 50, 10_001), 'too-many-frames', '64 × 50'],
  ])('refuses case %#', (body, reason, detail) => {
    expect(check(body)).toEqual({ ok: false, reason, ...(detail === undefined ? {} : { detail }) });
  });

  it('takes what lies on the limits', () => {
    expect(refusedSize({ width: 32, height: 32, frames: 1 }, 32)).toBeUndefined();
    expect(refusedSize({ width: 10_000, height: 5_000, frames: 1 }, 32)).toBeUndefined();
    expect(refusedSize({ width: 640, height: 32, frames: 1 }, 32)).toBeUndefined();
    expect(refusedSize({ width: 12_001, height: 4_000, frames: 1 }, 32)).toBe('too-many-pixels');
    // Only the first frame is ever decoded.
    expect(refusedSize({ width: 2_000, height: 2_000, frames: 301 }, 32)).toBeUndefined();
    expect(refusedSize({ width: 28, height: 28, frames: 1 }, OWN_LIMITS.minSide, OWN_LIMITS)).toBeUndefined();
    expect(refusedSize({ width: 9_248, height: 6_936, frames: 1 }, 1, OWN_LIMITS)).toBeUndefined();
    expect(refusedSize({ width: 9_248, height: 6_936, frames: 1 }, 32)).toBe('too-many-pixels');
  });
});
