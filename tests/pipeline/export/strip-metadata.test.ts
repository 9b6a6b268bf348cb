// What leaves Gleaner tells nothing of the maker or the place, and still shows the same picture.
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { stripJpeg } from '../../../src/pipeline/export/strip-metadata/jpeg';
import { stripPng } from '../../../src/pipeline/export/strip-metadata/png';
import { strip } from '../../../src/pipeline/export/strip-metadata/strip';

const ascii = (text: string) => Buffer.from(text, 'latin1');

/** A small picture with a gradient, so that a wrong byte shows. */
function pixels(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < width * height; i++) data.set([(i * 7) % 256, (i * 3) % 256, i % 256], i * 4);
  return data;
}

function segment(marker: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** EXIF with an orientation and a GPS directory that holds a latitude reference. */
function exif(orientation: number, big = false): Buffer {
  const tiff = Buffer.alloc(64);
  const u16 = (value: number, at: number) => (big ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at));
  const u32 = (value: number, at: number) => (big ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at));
  tiff.write(big ? 'MM' : 'II', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(2, 8);
  for (const [at, tag, type, count, value] of [
    [10, 0x0112, 3, 1, orientation],
    [22, 0x8825, 4, 1, 38],
  ] as const) {
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    if (type === 3) u16(value, at + 8);
    else u32(value, at + 8);
  }
  tiff.write('GPSLatitudeN', 40, 'latin1');
  return Buffer.concat([ascii('Exif\0\0'), tiff]);
}

/** jpeg-js's own file with segments put in after the start mark and bytes behind the end mark. */
function jpegWith(segments: Buffer[], trailer = Buffer.alloc(0)): Buffer {
  const plain = Buffer.from(jpeg.encode({ width: 40, height: 30, data: pixels(40, 30) }, 80).data);
  return Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(2), trailer]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
}

function pngWith(chunks: Buffer[], trailer = Buffer.alloc(0), colorType: 2 | 6 = 2): Buffer {
  const png = new PNG({ width: 20, height: 10 });
  png.data = pixels(20, 10);
  const plain = PNG.sync.write(png, { colorType });
  // The header chunk ends at byte 33.
  return Buffer.concat([plain.subarray(0, 33), ...chunks, plain.subarray(33), trailer]);
}

describe('stripJpeg', () => {
  const icc = segment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0\x01\x01'), ascii('profile')]));
  const dirty = jpegWith(
    [
      segment(0xe1, exif(1)),
      segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret place</x:xmpmeta>')),
      icc,
      segment(0xe2, ascii('MPF\0second picture')),
      segment(0xed, ascii('Photoshop 3.0\x008BIM by-line Jane')),
      segment(0xfe, ascii('a comment')),
    ],
    ascii('hidden trailer'),
  );

  it('drops EXIF with GPS, XMP, IPTC, comments, second pictures and trailers; keeps the colour profile and the pixels', () => {
    const clean = stripJpeg(dirty);
    const text = Buffer.from(clean?.bytes ?? []).toString('latin1');
    for (const word of ['Exif', 'GPS', 'xmpmeta', 'Jane', 'a comment', 'second picture', 'hidden']) {
      expect(dirty.toString('latin1')).toContain(word);
      expect(text).not.toContain(word);
    }
    expect(text).toContain('ICC_PROFILE');
    expect(jpeg.decode(clean?.bytes ?? []).data).toEqual(jpeg.decode(jpegWith([])).data);
    expect(clean).toMatchObject({ orientation: 1, components: 3 });
  });

  it('strips a clean file to itself', () => {
    const once = stripJpeg(dirty)?.bytes ?? new Uint8Array();
    expect(stripJpeg(once)?.bytes).toEqual(once);
  });

  it('reads the orientation in both byte orders', () => {
    expect(stripJpeg(jpegWith([segment(0xe1, exif(6))]))?.orientation).toBe(6);
    expect(stripJpeg(jpegWith([segment(0xe1, exif(3, true))]))?.orientation).toBe(3);
  });

  it('refuses a file cut short and never throws on broken bytes', () => {
    const whole = jpegWith([]);
    expect(stripJpeg(whole.subarray(0, whole.length - 2))).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(dirty.length - 1), fc.nat(255)), { maxLength: 20 }), edits => {
        const broken = Uint8Array.from(dirty);
        for (const [at, value] of edits) broken[at] = value;
        const clean = stripJpeg(broken);
        expect(clean === undefined || clean.bytes.length <= broken.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('stripPng', () => {
  const dirty = pngWith(
    [
      chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])),
      chunk('eXIf', exif(1).subarray(6)),
      chunk('tEXt', ascii('Author\0Jane')),
      chunk('iTXt', ascii('XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>')),
      chunk('zTXt', ascii('Comment\0\0packed')),
      chunk('tIME', Buffer.alloc(7)),
      chunk('prVt', ascii('private')),
    ],
    ascii('hidden trailer'),
  );

  it('keeps the picture and its colours only', () => {
    const clean = Buffer.from(stripPng(dirty)?.bytes ?? []);
    for (const word of ['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME', 'prVt', 'hidden']) {
      expect(dirty.includes(word)).toBe(true);
      expect(clean.includes(word)).toBe(false);
    }
    expect(clean.includes('gAMA')).toBe(true);
    expect(PNG.sync.read(Buffer.from(stripPng(pngWith([]))?.bytes ?? [])).data).toEqual(pixels(20, 10));
  });

  it('refuses a file cut short and never throws on broken bytes', () => {
    expect(stripPng(dirty.subarray(0, dirty.length - 30))).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(dirty.length - 1), fc.nat(255)), { maxLength: 20 }), edits => {
        const broken = Uint8Array.from(dirty);
        for (const [at, value] of edits) broken[at] = value;
        const clean = stripPng(broken);
        expect(clean === undefined || clean.bytes.length <= broken.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('strip', () => {
  it('asks for encoding anew where the own bytes would not do', () => {
    expect(strip('jpeg', jpegWith([]))?.extension).toBe('jpg');
    expect(strip('png', pngWith([]))?.extension).toBe('png');
    expect(strip('jpeg', jpegWith([segment(0xe1, exif(6))]))).toBeUndefined();
    expect(strip('png', pngWith([chunk('eXIf', exif(8).subarray(6))]))).toBeUndefined();
    expect(strip('png', pngWith([], Buffer.alloc(0), 6))).toBeUndefined();
    expect(strip('png', pngWith([chunk('tRNS', Buffer.alloc(6))]))).toBeUndefined();
    expect(strip('webp', ascii('RIFF....WEBP'))).toBeUndefined();
    expect(strip('jpeg', ascii('not a picture'))).toBeUndefined();
  });
});
