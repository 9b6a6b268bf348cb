// The orientation tag of an EXIF block.
import { Bytes } from '../../../formats/bytes';

const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * EXIF orientation, 1 to 8, of a TIFF structure (with or without "Exif\0\0" before it); 1 when there is none that can
 * be read. Values 5 to 8 swap width and height.
 */
export function exifOrientation(block: Uint8Array): number {
  const bytes = new Bytes(block);
  const tiff = bytes.text(0, 6) === 'Exif\0\0' ? bytes.slice(6, bytes.length) : bytes;
  const order = tiff.text(0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const little = order === 'II';
  if (tiff.u16(2, little) !== 42) return 1;
  const directory = tiff.u32(4, little);
  const start = directory + 2;
  const end = Math.min(tiff.length, start + 12 * tiff.u16(directory, little));
  for (let at = start; at < end; at += 12) {
    if (tiff.u16(at, little) !== ORIENTATION) continue;
    const value = tiff.u16(at + 8, little);
    return tiff.u16(at + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
