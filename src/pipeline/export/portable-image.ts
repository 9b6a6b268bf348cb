// Decides how an image leaves Gleaner: its own bytes without metadata, or encoded anew.
import type { ImageType } from '../../contract/sample';
import { stripJpeg } from '../../formats/jpeg/strip';
import { stripPng } from '../../formats/png/strip';

/** What goes into the zip for one image. */
export interface PortableImage {
  bytes: Uint8Array<ArrayBuffer>;
  extension: 'jpg' | 'png';
}

/**
 * Decodes any image upright, on white, and writes it as JPEG or PNG, whichever suits it, scaled down to `side` on its longest
 * side where that is given: an edge of the browser.
 */
export type Encode = (blob: Blob, type: ImageType, side?: number) => Promise<PortableImage>;

/**
 * The image's own bytes without metadata, or undefined when it must be encoded anew: webp, gif, avif and bmp (Keras
 * skips them silently or reads them differently), pixels that lie on their side (the tag that turns them is dropped),
 * transparency (readers drop it and show what hid behind it), CMYK, and files that a strict decoder refuses or that hold
 * bytes no decoder shows.
 */
export async function strip(type: ImageType, bytes: Uint8Array): Promise<PortableImage | undefined> {
  if (type === 'jpeg') {
    const jpeg = stripJpeg(bytes);
    const whole = jpeg && jpeg.orientation === 1 && (jpeg.components === 1 || jpeg.components === 3);
    return whole ? { bytes: jpeg.bytes, extension: 'jpg' } : undefined;
  }
  if (type === 'png') {
    const png = await stripPng(bytes);
    return png && png.orientation === 1 && !png.transparent ? { bytes: png.bytes, extension: 'png' } : undefined;
  }
  return undefined;
}
