// What leaves Gleaner tells nothing of the maker or the place, and still shows the same image.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { stripJpeg } from '../../src/formats/jpeg/strip';
import { stripPng } from '../../src/formats/png/strip';
import { strip } from '../../src/pipeline/export/portable-image';

const ascii = (text: string) => Buffer.from(text, 'latin1');

/** A small image with a gradient, so that a wrong byte shows. */
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

/** A colour profile of one tag. */
function profile(length = 200, tag = 'desc'): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(length, 0);
  bytes.write('RGB ', 16, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  bytes.writeUInt32BE(1, 128);
  bytes.write(tag, 132, 'latin1');
  bytes.writeUInt32BE(144, 136);
  bytes.writeUInt32BE(length - 144, 140);
  bytes.write('desc', 144, 'latin1');
  return bytes;
}

const iccSegment = (body: Buffer, number = 1, of = 1) =>
  segment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0'), Buffer.from([number, of]), body]));

function chunk(type: string, body: Uint8Array): Buffer {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(body, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), body.length + 8);
  return whole;
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

  it('leaves a file of thousands of tables to be encoded anew', () => {
    const empty = segment(0xdd, Buffer.alloc(2));
    expect(stripJpeg(jpegWith([empty]))?.components).toBe(3);
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
  /** The same image without jpeg-js's own JFIF segment, and with these before it. */
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

  it('turns by an entry that stands behind any number of others', () => {
    const first = exif(6, true);
    const others = Buffer.concat(Array.from({ length: 600 }, () => Buffer.from('010000030000000100000000', 'hex')));
    const block = Buffer.concat([
      first.subarray(0, 14),
      Buffer.from([601 >> 8, 601 & 255]),
      others,
      first.subarray(16, 28),
    ]);
    expect(stripJpeg(jpegWith([segment(0xe1, block)]))?.orientation).toBe(6);
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

describe('stripJpeg, of bytes that no decoder shows', () => {
  const words = 'GPS 48.1374, 11.5755';
  const plain = () => jpegWith([]);
  const ofMarker = (marker: number) => plain().indexOf(Buffer.from([0xff, marker]));
  const inFrontOf = (marker: number, ...parts: Buffer[]) => {
    const at = ofMarker(marker);
    return Buffer.concat([plain().subarray(0, at), ...parts, plain().subarray(at)]);
  };
  const table = (slot: number, text = '') =>
    segment(0xdb, Buffer.concat([Buffer.from([slot]), Buffer.alloc(64, 1), ascii(text)]));
  const codes = (slot: number, text: string) => {
    const counts = Buffer.alloc(16);
    counts[15] = text.length;
    return segment(0xc4, Buffer.concat([Buffer.from([slot]), counts, ascii(text)]));
  };
  const scan = (...spec: number[]) => segment(0xda, Buffer.from(spec));

  it.each<[string, () => Buffer]>([
    ['behind the last block', () => inFrontOf(0xd9, ascii(words))],
    ['behind a restart mark', () => inFrontOf(0xd9, Buffer.from([0xff, 0xd0]), ascii(words))],
    ['in a scan of its own', () => inFrontOf(0xd9, scan(3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0), ascii(words))],
    ['in a scan of a component that is not', () => inFrontOf(0xd9, scan(1, 9, 0, 0, 63, 0), ascii(words))],
    ['in a quantisation table that is too long', () => inFrontOf(0xc0, table(2, words))],
    ['in a quantisation table no component uses', () => inFrontOf(0xc0, table(2))],
    ['in a quantisation table said twice', () => inFrontOf(0xc0, table(0))],
    ['in codes no scan uses', () => inFrontOf(0xda, codes(0x12, 'GPS 48.137'))],
    ['in codes said anew before a scan', () => inFrontOf(0xda, codes(0x11, 'GPS 48.137'))],
    ['in codes said after the scans', () => inFrontOf(0xd9, codes(0x11, 'GPS 48.137'))],
    [
      'in a restart interval that is too long',
      () => inFrontOf(0xda, segment(0xdd, Buffer.concat([Buffer.alloc(2), ascii(words)]))),
    ],
    ['in a tag of a colour profile that no reader knows', () => jpegWith([iccSegment(profile(200, 'GPS '))])],
  ])('leaves to be encoded anew words %s', (_where, file) => {
    expect(stripJpeg(plain())).toBeDefined();
    expect(stripJpeg(file())).toBeUndefined();
  });

  it("leaves to be encoded anew words between a profile's tags", () => {
    const gap = profile(200);
    gap.writeUInt32BE(200 - 144 - words.length, 140);
    gap.write(words, 200 - words.length, 'latin1');
    expect(stripJpeg(jpegWith([iccSegment(gap)]))).toBeUndefined();
    expect(stripJpeg(jpegWith([iccSegment(profile())]))).toBeDefined();
  });

  const progressive = (...scans: Buffer[]) => {
    // One block, whose codes of one bit say: no difference, and nothing more.
    const one = (slot: number, symbol: number) => segment(0xc4, Buffer.from([slot, 1, ...Array(15).fill(0), symbol]));
    const frame = segment(0xc2, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0]));
    const start = Buffer.from([0xff, 0xd8]);
    return Buffer.concat([start, table(0), frame, one(0, 0), one(0x10, 0), ...scans, Buffer.from([0xff, 0xd9])]);
  };
  const dc = Buffer.concat([scan(1, 1, 0, 0, 0, 1), Buffer.from([0x7f])]);
  const ac = Buffer.concat([scan(1, 1, 0, 1, 63, 1), Buffer.from([0x7f])]);
  const dcMore = Buffer.concat([scan(1, 1, 0, 0, 0, 0x10), Buffer.from([0x7f])]);
  const acMore = Buffer.concat([scan(1, 1, 0, 1, 63, 0x10), Buffer.from([0x7f])]);

  it('passes on a progressive picture whose scans are each the next step of the one before, and no other', () => {
    for (const steps of [
      [dc, ac],
      [dc, ac, dcMore, acMore],
    ]) {
      const whole = progressive(...steps);
      expect(stripJpeg(whole)?.bytes).toEqual(new Uint8Array(whole));
    }
    for (const steps of [
      [ac, dc],
      [dc, ac, ac],
      [dc, ac, dcMore, dcMore],
      [dc, acMore],
      [dc, ac, acMore, acMore],
    ])
      expect(stripJpeg(progressive(...steps))).toBeUndefined();
    for (const step of [dc, ac, dcMore, acMore]) {
      const steps = [dc, ac, dcMore, acMore].map(own => (own === step ? Buffer.concat([own, ascii(words)]) : own));
      expect(stripJpeg(progressive(...steps))).toBeUndefined();
    }
  });

  it('refuses a picture said to be huge in a small file before it has cost much', () => {
    const whole = progressive(dc, ac);
    whole.fill(0xff, whole.indexOf(Buffer.from([8, 0, 8, 0, 8])) + 1, whole.indexOf(Buffer.from([8, 0, 8, 0, 8])) + 5);
    const begun = performance.now();
    expect(stripJpeg(whole)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(5000);
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

  it('keeps the picture and its colours only', async () => {
    const clean = Buffer.from((await stripPng(dirty))?.bytes ?? []);
    for (const word of ['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME', 'prVt', 'hidden']) {
      expect(dirty.includes(word)).toBe(true);
      expect(clean.includes(word)).toBe(false);
    }
    expect(clean.includes('gAMA')).toBe(true);
    expect(PNG.sync.read(Buffer.from((await stripPng(pngWith([])))?.bytes ?? [])).data).toEqual(pixels(20, 10));
  });

  it('refuses a file cut short and never throws on broken bytes', async () => {
    expect(await stripPng(dirty.subarray(0, dirty.length - 30))).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(dirty.length - 1), fc.nat(255)), { maxLength: 20 }), async edits => {
        const broken = Uint8Array.from(dirty);
        for (const [at, value] of edits) broken[at] = value;
        const clean = await stripPng(broken);
        expect(clean === undefined || clean.bytes.length <= broken.length).toBe(true);
      }),
      { numRuns: 300 },
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
  ])('leaves %s to be encoded anew', async (_name, file) => {
    expect(await stripPng(file())).toBeUndefined();
  });

  it('leaves to be encoded anew an animation whose still picture browsers never show', async () => {
    const announced = chunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
    const control = chunk('fcTL', Buffer.alloc(26));
    const frames = Buffer.concat([control, chunk('fdAT', Buffer.alloc(8))]);
    const plain = pngWith([announced]);
    const hidden = Buffer.concat([plain.subarray(0, -12), frames, plain.subarray(-12)]);
    expect(await stripPng(hidden)).toBeUndefined();
    // Here the still image is the animation's first.
    expect((await stripPng(pngWith([announced, control])))?.bytes).toEqual((await stripPng(pngWith([])))?.bytes);
  });

  it('reads an orientation with the words JPEG wants before it', async () => {
    expect((await stripPng(pngWith([chunk('eXIf', exif(6))])))?.orientation).toBe(6);
    expect((await stripPng(pngWith([chunk('eXIf', exif(6).subarray(6))])))?.orientation).toBe(6);
  });
});

describe('strip', () => {
  it('asks for encoding anew where the own bytes would not do', async () => {
    expect((await strip('jpeg', jpegWith([])))?.extension).toBe('jpg');
    expect((await strip('png', pngWith([])))?.extension).toBe('png');
    expect(await strip('jpeg', jpegWith([segment(0xe1, exif(6))]))).toBeUndefined();
    expect(await strip('png', pngWith([chunk('eXIf', exif(8).subarray(6))]))).toBeUndefined();
    expect(await strip('png', pngWith([], Buffer.alloc(0), 6))).toBeUndefined();
    expect(await strip('png', pngWith([chunk('tRNS', Buffer.alloc(6))]))).toBeUndefined();
    expect(await strip('webp', ascii('RIFF....WEBP'))).toBeUndefined();
    expect(await strip('jpeg', ascii('not a picture'))).toBeUndefined();
  });
});

describe('stripPng, of bytes that no decoder shows', () => {
  const words = ascii('GPS 48.1374, 11.5755');
  const parts = () => {
    const plain = pngWith([]);
    const size = plain.readUInt32BE(33);
    return { head: plain.subarray(0, 33), data: plain.subarray(41, 41 + size), end: plain.subarray(-12) };
  };
  const withData = (...data: Buffer[]) => {
    const { head, end } = parts();
    return Buffer.concat([head, ...data.map(body => chunk('IDAT', body)), end]);
  };
  const rows = (text = '') => Buffer.concat([Buffer.alloc(10 * 61), ascii(text)]);
  const named = (name: string, compressed: Buffer) => chunk('iCCP', Buffer.concat([ascii(`${name}\0\0`), compressed]));

  it.each<[string, () => Buffer]>([
    ['behind the compressed pixels', () => withData(Buffer.concat([parts().data, words]))],
    ['in a chunk behind the compressed pixels', () => withData(parts().data, words)],
    [
      'behind the compressed pixels, with their checksum once more',
      () => withData(Buffer.concat([parts().data, words, parts().data.subarray(-4)])),
    ],
    ['compressed behind the last row', () => withData(deflateSync(rows(words.toString())))],
    ['in a profile that is none', () => pngWith([named('icc', words)])],
    ['compressed in a profile that is none', () => pngWith([named('icc', deflateSync(words))])],
    ['in a tag that no reader knows', () => pngWith([named('icc', deflateSync(profile(200, 'GPS ')))])],
    ['behind a profile', () => pngWith([named('icc', Buffer.concat([deflateSync(profile()), words]))])],
    ['in chromaticities', () => pngWith([chunk('cHRM', Buffer.concat([words, Buffer.alloc(12)]))])],
    ['in a checksum', () => Buffer.concat([pngWith([]).subarray(0, -4), ascii('GPS!')])],
    [
      'in colours said behind the pixels',
      () => Buffer.concat([withData(parts().data).subarray(0, -12), chunk('gAMA', Buffer.alloc(4)), parts().end]),
    ],
  ])('leaves to be encoded anew words %s', async (_where, file) => {
    expect(await stripPng(withData(parts().data))).toBeDefined();
    expect(await stripPng(withData(deflateSync(rows())))).toBeDefined();
    expect(await stripPng(file())).toBeUndefined();
  });

  it('leaves out the palette of a picture that has none', async () => {
    const clean = await stripPng(pngWith([chunk('PLTE', Buffer.concat([words, Buffer.from([0])]))]));
    expect(Buffer.from(clean?.bytes ?? [])).toEqual(pngWith([]));
  });

  it('keeps a colour profile, under a name that tells nothing', async () => {
    for (const [name, kept] of [
      [words.toString(), 'icc'],
      ['GP', 'ic'],
    ] as const) {
      const clean = (await stripPng(pngWith([named(name, deflateSync(profile()))])))?.bytes;
      expect(Buffer.from(clean ?? [])).toEqual(pngWith([named(kept, deflateSync(profile()))]));
      expect((await stripPng(clean ?? new Uint8Array()))?.bytes).toEqual(clean);
    }
  });

  it("keeps a palette only where every colour of it is in use, whatever the rows' filters", async () => {
    const indexed = (palette: Buffer, data: number[]) => {
      const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, data.length / 3, 8, 3, 0, 0, 0]);
      return Buffer.concat([
        parts().head.subarray(0, 8),
        chunk('IHDR', head),
        chunk('PLTE', palette),
        chunk('IDAT', deflateSync(Buffer.from(data))),
        parts().end,
      ]);
    };
    // Indexes 0 1, then by each filter in turn: 1 2, 0 1, 1 2, 1 2.
    const filtered = [0, 0, 1, 1, 1, 1, 2, 255, 255, 3, 1, 1, 4, 0, 0];
    const whole = indexed(Buffer.alloc(9, 7), filtered);
    expect((await stripPng(whole))?.bytes).toEqual(new Uint8Array(whole));
    expect(await stripPng(indexed(Buffer.concat([Buffer.alloc(9, 7), ascii('GPS')]), filtered))).toBeUndefined();
    expect(await stripPng(indexed(Buffer.alloc(9, 7), [0, 0, 2]))).toBeUndefined();
  });
});

const PHOTOGRAPHS = join(import.meta.dirname, '../../../shared/images/clothing/hat');
const photographs = existsSync(PHOTOGRAPHS) ? readdirSync(PHOTOGRAPHS).slice(0, 20) : [];
it.skipIf(photographs.length === 0)(
  'passes on real photographs with all their pixels (skipped without ../shared)',
  () => {
    for (const name of photographs) {
      const file = readFileSync(join(PHOTOGRAPHS, name));
      const clean = stripJpeg(file)?.bytes ?? new Uint8Array();
      expect(jpeg.decode(clean).data.equals(jpeg.decode(file).data), name).toBe(true);
      expect(stripJpeg(clean)?.bytes).toEqual(clean);
    }
  },
);
