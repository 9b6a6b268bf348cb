// A picture as the backbone wants it: 224 × 224 RGB bytes, upright, squashed ('squash224' in the backbone's id).
import { IMAGE_SIDE } from '../contract/features';

const PIXELS = IMAGE_SIDE * IMAGE_SIDE;
let canvas: OffscreenCanvas | undefined;

/**
 * Decodes, applies the EXIF orientation, squashes and writes 224·224·3 bytes into `target`, mirrored left to right if
 * asked. Transparent pixels become white. createImageBitmap is used in every browser, so that the same picture gives the
 * same features; ImageDecoder would decode faster but leaves the orientation to us, and decoding hides behind the network.
 * Rejects what cannot be decoded.
 */
export async function imagePixels(image: ImageBitmapSource, target: Uint8Array, mirrored = false): Promise<void> {
  const bitmap = await createImageBitmap(image, {
    imageOrientation: 'from-image',
    resizeWidth: IMAGE_SIDE,
    resizeHeight: IMAGE_SIDE,
    resizeQuality: 'high',
  });
  try {
    canvas ??= new OffscreenCanvas(IMAGE_SIDE, IMAGE_SIDE);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.setTransform(mirrored ? -1 : 1, 0, 0, 1, mirrored ? IMAGE_SIDE : 0, 0);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, IMAGE_SIDE, IMAGE_SIDE);
    context.drawImage(bitmap, 0, 0, IMAGE_SIDE, IMAGE_SIDE);
    const { data } = context.getImageData(0, 0, IMAGE_SIDE, IMAGE_SIDE);
    for (let i = 0; i < PIXELS; i++) {
      target[i * 3] = data[i * 4]!;
      target[i * 3 + 1] = data[i * 4 + 1]!;
      target[i * 3 + 2] = data[i * 4 + 2]!;
    }
  } finally {
    bitmap.close();
  }
}
