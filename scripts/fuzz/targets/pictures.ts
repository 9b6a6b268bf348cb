// Readers of images' bytes, before and after a decoder sees them.
import { IMAGE_TYPES, type ImageType } from '../../../src/contract/sample';
import { exifOrientation } from '../../../src/formats/exif';
import { firstGifFrame } from '../../../src/formats/gif-frame';
import { readHeader } from '../../../src/formats/image';
import { sniff } from '../../../src/formats/sniff';
import { check } from '../../../src/pipeline/download/check';
import { IMAGE_LIMITS } from '../../../src/pipeline/download/limits';
import { strip } from '../../../src/pipeline/export/portable-image';
import { oddImages } from '../fixtures';
import { joined } from '../mutate';
import { imageSamples } from '../small-pictures';
import { bytes, type Target } from '../target';

const TIFF = Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
const encoded = (words: string) => new TextEncoder().encode(words);
const IMAGES = imageSamples();
const ofType = (type: ImageType) => IMAGES.find(image => sniff(image).type === type) ?? new Uint8Array();
const samples = () => [...IMAGES, ...oddImages()];

/** What reads a type's files for the export. */
const STRIPPERS = {
  jpeg: [
    'jpeg/strip',
    'jpeg/structure',
    'jpeg/scan-data',
    'jpeg/bit-reader',
    'jpeg/frame',
    'jpeg/huffman',
    'jpeg/markers',
  ],
  png: ['png/strip', 'png/pixels', 'zlib'],
};
/** What reads a type's size. */
const SIZES = {
  jpeg: ['jpeg/size'],
  png: ['png/size'],
  gif: ['gif'],
  webp: ['webp'],
  avif: ['avif/size', 'avif/items', 'avif/track', 'avif/av1', 'avif/boxes'],
  bmp: ['bmp'],
};

export const imageTargets: Target[] = [
  bytes({
    name: 'sniff',
    of: ['formats/sniff', 'formats/svg', 'formats/bytes'],
    tokens: ['<?xml ?>', '<!---->', '<!-- ', '<!DOCTYPE svg>', ' <', '<svg', 'ftypavif'].map(encoded),
    samples: () => [
      ...samples(),
      encoded('<?xml version="1.0"?><!-- a --><svg xmlns="x"/>'),
      encoded('<!doctype html><p>'),
    ],
    longest: 100_000,
    run: sniff,
  }),
  bytes({
    name: 'check',
    of: ['pipeline/download/check'],
    samples,
    run: body => check(body),
    fault: result => {
      if (!result.ok) return undefined;
      const { width, height, frames } = result.header;
      const sound = width > 0 && height > 0 && width * height <= IMAGE_LIMITS.pixels && frames <= IMAGE_LIMITS.frames;
      return sound && Number.isInteger(width * height * frames) ? undefined : `${width} × ${height} × ${frames}`;
    },
  }),
  ...IMAGE_TYPES.map(type =>
    bytes({
      name: `header:${type}`,
      of: ['image', ...SIZES[type]].map(file => `formats/${file}`),
      samples: () => samples().filter(image => sniff(image).type === type),
      around: repeated => joined(ofType(type).subarray(0, 40), repeated),
      run: body => readHeader(type, body, IMAGE_LIMITS),
      fault: header => {
        if (header === undefined) return undefined;
        const { width, height, frames } = header;
        return [width, height, frames].every(Number.isInteger) ? undefined : JSON.stringify(header);
      },
    }),
  ),
  bytes({
    name: 'gif-frame',
    of: ['formats/gif-frame'],
    samples: () => samples().filter(image => sniff(image).type === 'gif'),
    around: repeated => joined(ofType('gif').subarray(0, 40), repeated),
    run: body => firstGifFrame(body, 1_000_000),
    fault: frame =>
      frame && frame.data.length !== frame.width * frame.height * 4 ? `${frame.width} × ${frame.height}` : undefined,
  }),
  bytes({
    name: 'exif',
    of: ['formats/exif'],
    samples: () => [TIFF],
    around: repeated => joined(TIFF, repeated),
    run: exifOrientation,
    fault: value => (value >= 1 && value <= 8 ? undefined : `orientation ${value}`),
  }),
  ...(['jpeg', 'png'] as const).map(type =>
    bytes({
      name: `strip:${type}`,
      of: ['pipeline/export/portable-image', 'formats/icc', ...STRIPPERS[type].map(file => `formats/${file}`)],
      samples: () => samples().filter(image => sniff(image).type === type),
      around: repeated => joined(ofType(type).subarray(0, 33), repeated),
      run: async body => {
        const stripped = (await strip(type, body))?.bytes;
        return { stripped, again: stripped && (await strip(type, stripped))?.bytes };
      },
      fault: ({ stripped, again }, input) => {
        if (stripped === undefined) return undefined;
        if (stripped.length > input.length) return 'longer than it was';
        return again?.length === stripped.length && again.every((byte, i) => byte === stripped[i])
          ? undefined
          : 'changes once more';
      },
    }),
  ),
];
