// Encodes an image anew with the browser's own codecs: upright, without metadata, as JPEG or PNG.
import type { ImageType } from '../contract/sample';
import type { PortableImage } from '../pipeline/export/strip-metadata/strip';

/** Visually lossless for photographs; a second JPEG generation at less would add artefacts a network can see. */
const QUALITY = 0.95;

/**
 * Drawn types (gif, bmp, png) and pictures with transparency become PNG, which loses nothing; photographs become JPEG. Rejects when
 * the browser cannot decode the image. Of an animation the first frame is taken.
 */
export async function encodeImage(blob: Blob, type: ImageType): Promise<PortableImage> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.drawImage(bitmap, 0, 0);
    const photograph = type === 'jpeg' || ((type === 'webp' || type === 'avif') && isOpaque(context));
    const encoded = await canvas.convertToBlob({ type: photograph ? 'image/jpeg' : 'image/png', quality: QUALITY });
    return { bytes: new Uint8Array(await encoded.arrayBuffer()), extension: photograph ? 'jpg' : 'png' };
  } finally {
    bitmap.close();
  }
}

/** Read in bands, so that a picture of 50 megapixels does not need 200 MB more. */
function isOpaque(context: OffscreenCanvasRenderingContext2D): boolean {
  const { width, height } = context.canvas;
  const band = Math.max(1, Math.floor(1_000_000 / width));
  for (let y = 0; y < height; y += band) {
    const { data } = context.getImageData(0, y, width, Math.min(band, height - y));
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  }
  return true;
}
