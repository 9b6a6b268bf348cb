// An image as a bitmap. Chromium refuses a GIF whose first frame has too few pixels, which other readers and browsers show.
import { firstGifFrame } from '../formats/gif-frame';
import { IMAGE_LIMITS } from '../pipeline/download/limits';

/** As `createImageBitmap` of a whole image, of a GIF its first frame. Rejects with an InvalidStateError for what cannot be decoded. */
export async function bitmapOf(image: ImageBitmapSource, options: ImageBitmapOptions = {}): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(image, options);
  } catch (error) {
    if (!(image instanceof Blob)) throw error;
    const frame = firstGifFrame(new Uint8Array(await image.arrayBuffer()), IMAGE_LIMITS.pixels);
    if (!frame) throw error;
    return createImageBitmap(new ImageData(frame.data, frame.width, frame.height), options);
  }
}
