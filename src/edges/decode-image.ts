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

let turn: Promise<unknown> = Promise.resolve();

/**
 * Decodes one picture at a time, because each may take 200 MB. Rejects with an InvalidStateError for bytes the browser
 * cannot decode.
 */
export function decodeImage(blob: Blob): Promise<Decoded> {
  const decoded = turn.then(() => decode(blob));
  turn = decoded.catch(() => undefined);
  return decoded;
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
