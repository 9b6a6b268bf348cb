// Decodes a picture once for all it is needed for: that it can be decoded, its upright size, thumbnail, hashes and quality.
import type { Quality } from '../contract/sample';
import { dHash, grey, mirroredDHash } from '../pipeline/bucket/d-hash';
import { measureQuality } from '../pipeline/bucket/quality';

const THUMBNAIL_SIDE = 256;
const THUMBNAIL_QUALITY = 0.82;

export interface Decoded {
  /** Upright size in pixels. */
  width: number;
  height: number;
  /** Upright JPEG of at most 256 px. */
  thumbnail: Blob;
  /** 256-bit difference hashes of the upright picture and of its mirror image, 64 hex digits. */
  dHash: string;
  mirrored: string;
  quality: Quality;
}

/** Pixels decoded at the same time, four bytes each, and pictures. A picture with more than that is decoded alone. */
const MOST_PIXELS = 50_000_000;
const MOST_PICTURES = 4;

let pixelsInHand = 0;
let picturesInHand = 0;
const queue: (() => void)[] = [];

/**
 * Decodes a picture when there is room for its pixels. Rejects with an InvalidStateError for bytes the browser cannot
 * decode.
 * @param pixels  what the header promises; one of unknown size is decoded alone
 */
export async function decodeImage(blob: Blob, pixels = MOST_PIXELS): Promise<Decoded> {
  while (picturesInHand > 0 && (picturesInHand >= MOST_PICTURES || pixelsInHand + pixels > MOST_PIXELS))
    await new Promise<void>(resolve => queue.push(resolve));
  picturesInHand++;
  pixelsInHand += pixels;
  try {
    return await decode(blob);
  } finally {
    picturesInHand--;
    pixelsInHand -= pixels;
    // All look again: the next in line may be too large where the one behind it fits.
    for (const next of queue.splice(0)) next();
  }
}

async function decode(blob: Blob): Promise<Decoded> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  try {
    const { width, height } = bitmap;
    const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no 2d canvas');
    // Transparent pictures are seen, hashed and learnt on white.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const data = pixels.data as Uint8ClampedArray;
    const greys = grey(data, pixels.width, pixels.height);
    const quality = measureQuality(data, pixels.width, pixels.height);
    const thumbnail = await canvas.convertToBlob({ type: 'image/jpeg', quality: THUMBNAIL_QUALITY });
    return { width, height, thumbnail, dHash: dHash(greys), mirrored: mirroredDHash(greys), quality };
  } finally {
    bitmap.close();
  }
}
