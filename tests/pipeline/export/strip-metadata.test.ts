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

/** The head of a colour profile, which says how long it is. */
function profile(length = 200): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(length, 0);
  bytes.write('acsp', 36, 'latin1');
  return bytes;
}

const iccSegment = (body: Buffer, number = 1, of = 1) =>
  segment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0'), Buffer.from([number, of]), body]));

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
  const icc = iccSegment(profile());
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

  it('leaves a file of thousands of empty tables to be encoded anew, before it has cost much', () => {
    const empty = segment(0xdd, Buffer.alloc(2));
    expect(stripJpeg(jpegWith(Array(100).fill(empty)))?.components).toBe(3);
    expect(stripJpeg(jpegWith(Array(20_000).fill(empty)))).toBeUndefined();
  });

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

  const jfif = (thumbnail: Buffer) => {
    const head = Buffer.from('4a46494600010101004800480000', 'hex');
    head.set(thumbnail.length > 0 ? [1, thumbnail.length / 3] : [0, 0], 12);
    return segment(0xe0, Buffer.concat([head, thumbnail]));
  };
  /** The same picture without jpeg-js's own JFIF segment, and with these before it. */
  const bareWith = (...segments: Buffer[]) => {
    const plain = Buffer.from(jpeg.encode({ width: 40, height: 30, data: pixels(40, 30) }, 80).data);
    return Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(4 + plain.readUInt16BE(4))]);
  };

  it('keeps of JFIF and Adobe segments what decoders read, and nothing hidden behind it', () => {
    const adobe = Buffer.from('41646f626500640000000001', 'hex');
    const dirty = bareWith(
      jfif(ascii('secret secret secret...')),
      segment(0xe0, ascii('JFXX\0\x10 a thumbnail with GPSLatitude of its own')),
      segment(0xe0, ascii('another APP0, secret')),
      jfif(ascii('second secret JFIF')),
      segment(0xee, Buffer.concat([adobe, ascii('secret behind Adobe')])),
      segment(0xee, ascii('not by that maker, secret')),
    );
    const clean = stripJpeg(dirty);
    const kept = bareWith(jfif(Buffer.alloc(0)), segment(0xee, adobe));
    expect(Buffer.from(clean?.bytes ?? [])).toEqual(kept);
    expect(stripJpeg(kept)?.bytes).toEqual(new Uint8Array(kept));
  });

  it('keeps a colour profile only where it is one, whole and with nothing behind it', () => {
    const long = profile(600);
    const parts = jpegWith([iccSegment(long.subarray(0, 400), 1, 2), iccSegment(long.subarray(400), 2, 2)]);
    expect(stripJpeg(parts)?.bytes).toEqual(new Uint8Array(parts));
    for (const wrong of [
      [iccSegment(ascii('only words, which no decoder takes for colours'))],
      [iccSegment(Buffer.concat([profile(), ascii('secret behind')]))],
      [iccSegment(long.subarray(0, 400), 1, 2)],
      [iccSegment(long.subarray(400), 2, 2), iccSegment(long.subarray(0, 400), 1, 2)],
      [iccSegment(profile()), iccSegment(profile())],
    ])
      expect(stripJpeg(jpegWith(wrong))).toBeUndefined();
  });

  it.each([0x01, 0x02, 0xbf, 0xc8, 0xcc, 0xd0, 0xdc, 0xde, 0xf0, 0xf3, 0xfd])(
    'leaves to be encoded anew what has the marker %i, which other decoders refuse',
    marker => {
      expect(stripJpeg(jpegWith([segment(marker, ascii('secret'))]))).toBeUndefined();
    },
  );

  it('leaves to be encoded anew what has two frames, or lengths that hide something', () => {
    const frame = Buffer.from([8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
    expect(stripJpeg(jpegWith([segment(0xc0, frame)]))).toBeUndefined();
    expect(stripJpeg(bareWith(segment(0xc0, Buffer.concat([frame, ascii('secret')]))))).toBeUndefined();
  });

  it('reads an orientation as the browser does that reads most', () => {
    const odd = exif(5);
    odd[5] = 1;
    expect(stripJpeg(jpegWith([segment(0xe1, odd)]))?.orientation).toBe(5);
    expect(stripJpeg(jpegWith([segment(0xe1, exif(3)), segment(0xe1, exif(1))]))?.orientation).toBe(3);
    expect(stripJpeg(jpegWith([segment(0xe1, exif(1)), segment(0xe1, exif(3))]))?.orientation).toBe(3);
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

describe('stripPng, of chunks that are not what they should be', () => {
  const secret = ascii('secret');
  it.each([
    [
      'a header with more behind it',
      () =>
        Buffer.concat([
          pngWith([]).subarray(0, 8),
          chunk('IHDR', Buffer.concat([pngWith([]).subarray(16, 29), secret])),
          pngWith([]).subarray(33),
        ]),
    ],
    ['a gamma with more behind it', () => pngWith([chunk('gAMA', Buffer.concat([Buffer.alloc(4), secret]))])],
    ['significant bits with more behind them', () => pngWith([chunk('sBIT', Buffer.alloc(40))])],
    ['a palette that is too long', () => pngWith([chunk('PLTE', Buffer.alloc(900))])],
    ['a second header', () => pngWith([pngWith([]).subarray(8, 33)])],
    ['two gammas', () => pngWith([chunk('gAMA', Buffer.alloc(4)), chunk('gAMA', Buffer.alloc(4))])],
    ['a part no decoder knows and none may skip', () => pngWith([chunk('SECR', secret)])],
    ['no pixels', () => Buffer.concat([pngWith([]).subarray(0, 33), chunk('IEND', Buffer.alloc(0))])],
    ['an end with something in it', () => Buffer.concat([pngWith([]).subarray(0, -12), chunk('IEND', secret)])],
  ])('leaves %s to be encoded anew', (_name, file) => {
    expect(stripPng(file())).toBeUndefined();
  });

  it('leaves to be encoded anew an animation whose still picture browsers never show', () => {
    const announced = chunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
    const control = chunk('fcTL', Buffer.alloc(26));
    const frames = Buffer.concat([control, chunk('fdAT', Buffer.alloc(8))]);
    const plain = pngWith([announced]);
    const hidden = Buffer.concat([plain.subarray(0, -12), frames, plain.subarray(-12)]);
    expect(stripPng(hidden)).toBeUndefined();
    // Here the still picture is the animation's first.
    expect(stripPng(pngWith([announced, control]))?.bytes).toEqual(stripPng(pngWith([]))?.bytes);
  });

  it('reads an orientation with the words JPEG wants before it', () => {
    expect(stripPng(pngWith([chunk('eXIf', exif(6))]))?.orientation).toBe(6);
    expect(stripPng(pngWith([chunk('eXIf', exif(6).subarray(6))]))?.orientation).toBe(6);
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
