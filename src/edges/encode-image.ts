// Encodes an image anew with the browser's own codecs: upright, on white, without metadata, as JPEG or PNG.

import type { ImageType } from '../contract/sample';
import type { PortableImage } from '../pipeline/export/portable-image';
import { bitmapOf } from './bitmap-of';

/** Visually lossless for photographs; a second JPEG generation at less would add artefacts a network can see. */
const QUALITY = 0.95;

/**
 * Types for photographs (jpeg, webp, avif) become JPEG; types for drawings (png, gif, bmp) become PNG, which loses nothing.
 * Transparent pixels become white, as the model saw them: most readers drop transparency and show what hid behind it. Of an
 * animation the first frame is taken. With `side` a longer image is scaled down to it. Rejects when the browser cannot decode the image.
 */
export async function encodeImage(
  blob: Blob,
  type: ImageType,
  side = Number.POSITIVE_INFINITY,
): Promise<PortableImage> {
  const bitmap = await bitmapOf(blob, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map(length => Math.max(1, Math.round(length * scale)));
    const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('no 2d context');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const photograph = type === 'jpeg' || type === 'webp' || type === 'avif';
    const encoded = await canvas.convertToBlob({ type: photograph ? 'image/jpeg' : 'image/png', quality: QUALITY });
    return { bytes: new Uint8Array(await encoded.arrayBuffer()), extension: photograph ? 'jpg' : 'png' };
  } finally {
    bitmap.close();
  }
}
