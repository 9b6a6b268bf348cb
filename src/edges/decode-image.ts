// Decodes an image once for all it is needed for: that it can be decoded, its upright size, thumbnail, hashes and quality.

import type { Quality } from '../contract/sample';
import { luma } from '../pipeline/bucket/luma';
import { dHash, grey, mirroredDHash } from '../pipeline/bucket/near-duplicates/d-hash';
import { sketchOf } from '../pipeline/bucket/near-duplicates/sketch';
import { measureQuality } from '../pipeline/bucket/quality';
import { LOOK_LIMITS } from '../pipeline/download/limits';
import { bitmapOf } from './bitmap-of';
import { within } from './patience';

const THUMBNAIL_SIDE = 256;
const THUMBNAIL_QUALITY = 0.82;
/** Width an image is decoded to that is too large to be held. */
const SCALED_SIDE = 1024;

export interface Decoded {
  /** Upright size in pixels. */
  width: number;
  height: number;
  /** Upright JPEG of at most 256 px. */
  thumbnail: Blob;
  /** 256-bit difference hashes of the upright image and of its mirror image, 64 hex digits. */
  dHash: string;
  mirrored: string;
  /** As `Sample.sketch`. */
  sketch: string;
  quality: Quality;
}

/** Pixels decoded at the same time, four bytes each, and images. An image with more than that is decoded alone. */
const MOST_PIXELS = 50_000_000;
const MOST_IMAGES = 16;

let pixelsInHand = 0;
let imagesInHand = 0;
const queue: (() => void)[] = [];

/**
 * Decodes an image when there is room for its pixels. Rejects with an InvalidStateError for bytes the browser cannot
 * decode, and with a TimeoutError when it has not done so in time: its room is then free again.
 * @param pixels  what the header promises; one of unknown size is decoded alone
 * @param limit  time for the decoding itself, in ms
 * @param stored  the size in the header, needed for an image of more pixels than may be in hand: it is made small while it is decoded
 */
export async function decodeImage(
  blob: Blob,
  pixels = MOST_PIXELS,
  limit: number = LOOK_LIMITS.decode,
  stored?: Size,
): Promise<Decoded> {
  while (imagesInHand > 0 && (imagesInHand >= MOST_IMAGES || pixelsInHand + pixels > MOST_PIXELS))
    await new Promise<void>(resolve => queue.push(resolve));
  imagesInHand++;
  pixelsInHand += pixels;
  try {
    return await within(limit, signal => decode(blob, signal, pixels > MOST_PIXELS ? stored : undefined));
  } finally {
    imagesInHand--;
    pixelsInHand -= pixels;
    // All look again: the next in line may be too large where the one behind it fits.
    for (const next of queue.splice(0)) next();
  }
}

/** Canvases nobody draws on now: making one costs more than drawing. */
const idle: OffscreenCanvas[] = [];

interface Size {
  width: number;
  height: number;
}

/** @param large  the stored size of an image that is too large to be held as it is */
async function decode(blob: Blob, signal: AbortSignal, large?: Size): Promise<Decoded> {
  const scaled = large && { resizeWidth: SCALED_SIDE, resizeQuality: 'high' as const };
  const bitmap = await bitmapOf(blob, { imageOrientation: 'from-image', ...scaled });
  const { width, height } = large ? upright(large, bitmap) : bitmap;
  const canvas = idle.pop() ?? new OffscreenCanvas(1, 1);
  try {
    try {
      // An answer that comes when nobody waits any more is closed as well.
      signal.throwIfAborted();
      draw(bitmap, canvas);
    } finally {
      bitmap.close();
    }
    const context = contextOf(canvas);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const thumbnail = canvas.convertToBlob({ type: 'image/jpeg', quality: THUMBNAIL_QUALITY });
    // While the thumbnail is encoded.
    const pixels = data as Uint8ClampedArray;
    const lumas = luma(pixels);
    const greys = grey(lumas, canvas.width, canvas.height);
    const quality = measureQuality(lumas, canvas.width, canvas.height);
    const sketch = sketchOf(pixels, lumas, canvas.width, canvas.height);
    const hashes = { dHash: dHash(greys), mirrored: mirroredDHash(greys) };
    return { width, height, thumbnail: await thumbnail, ...hashes, sketch, quality };
  } finally {
    idle.push(canvas);
  }
}

/** The stored size, turned where the decoder has turned the image. */
function upright({ width, height }: Size, decoded: Size): Size {
  const turned = width > height !== decoded.width > decoded.height;
  return turned ? { width: height, height: width } : { width, height };
}

/** Draws the upright image, made small, on the canvas. */
function draw(bitmap: ImageBitmap, canvas: OffscreenCanvas): void {
  const { width, height } = bitmap;
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  const [across, down] = [width, height].map(side => Math.max(1, Math.round(side * scale))) as [number, number];
  // Setting a size clears the canvas and everything set on it, at some cost.
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  const context = contextOf(canvas);
  // Transparent images are seen, hashed and learnt on white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, across, down);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, across, down);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  return context;
}
