// The small images a search page shows: made as the engine would, and never to be found in a dataset.
import { decode as decodeJpeg, encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';

const SIDE = 180;

/** A JPEG of at most 180 px, or the bytes themselves where they are neither JPEG nor PNG. */
export function thumbnailOf(bytes: Buffer): Buffer {
  const image = decode(bytes);
  if (image === undefined) return bytes;
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (Math.floor(y / scale) * image.width + Math.floor(x / scale)) * 4;
      data.set(image.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return Buffer.from(encodeJpeg({ width, height, data }, 75).data);
}

function decode(bytes: Buffer): { width: number; height: number; data: Uint8Array } | undefined {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true });
    if (bytes[0] === 0x89 && bytes[1] === 0x50) return PNG.sync.read(bytes);
  } catch {
    // A file its decoder refuses is still listed, as a search engine lists whatever it once saw.
  }
  return undefined;
}
