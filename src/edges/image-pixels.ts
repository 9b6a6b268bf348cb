// An image as a backbone wants it: a square of RGB bytes, upright, its middle cut out or all of it squashed.

import type { Geometry } from '../contract/backbone';
import { bitmapOf } from './bitmap-of';

let canvas: OffscreenCanvas | undefined;

/** What becomes of an image: its geometry, and the square's side in pixels. */
export interface Seen {
  geometry: Geometry;
  side: number;
}

/**
 * Decodes, applies the EXIF orientation, cuts or squashes, and writes side·side·3 bytes into `target`, mirrored left to
 * right if asked. Transparent pixels become white. createImageBitmap is used in every browser, so that the same image gives
 * the same features; ImageDecoder would decode faster but leaves the orientation to us, and decoding hides behind the
 * network. Rejects what cannot be decoded.
 */
export async function imagePixels(
  image: ImageBitmapSource,
  target: Uint8Array,
  seen: Seen,
  mirrored = false,
): Promise<void> {
  const { side } = seen;
  const bitmap = await seenSquare(image, seen);
  try {
    canvas ??= new OffscreenCanvas(side, side);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.setTransform(mirrored ? -1 : 1, 0, 0, 1, mirrored ? side : 0, 0);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    context.drawImage(bitmap, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    for (let i = 0; i < side * side; i++) {
      target[i * 3] = data[i * 4]!;
      target[i * 3 + 1] = data[i * 4 + 1]!;
      target[i * 3 + 2] = data[i * 4 + 2]!;
    }
  } finally {
    bitmap.close();
  }
}

/** The part of an image that a backbone sees, resized to its square. Rejects what cannot be decoded. */
export async function seenSquare(image: ImageBitmapSource, { geometry, side }: Seen): Promise<ImageBitmap> {
  const size = { resizeWidth: side, resizeHeight: side, resizeQuality: 'high' } as const;
  if (geometry === 'squash') return bitmapOf(image, { imageOrientation: 'from-image', ...size });
  // Where the middle is can only be told of the upright image.
  const upright = await bitmapOf(image, { imageOrientation: 'from-image' });
  try {
    const cut = Math.min(upright.width, upright.height);
    const [left, top] = [Math.floor((upright.width - cut) / 2), Math.floor((upright.height - cut) / 2)];
    return await createImageBitmap(upright, left, top, cut, cut, size);
  } finally {
    upright.close();
  }
}
