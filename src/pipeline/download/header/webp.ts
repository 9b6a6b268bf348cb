// Size, orientation and frame count of a WebP: simple lossy, simple lossless, or extended.
import type { Bytes } from '../bytes';
import { exifOrientation } from './exif';
import type { Header } from './header';

const MOST_CHUNKS = 100_000;

export function webpHeader(bytes: Bytes): Header | undefined {
  const first = bytes.text(12, 4);
  if (first === 'VP8 ' && bytes.u24(23) === 0x2a019d && bytes.has(26, 4))
    return { width: bytes.u16(26, true) & 0x3fff, height: bytes.u16(28, true) & 0x3fff, orientation: 1, frames: 1 };
  if (first === 'VP8L' && bytes.u8(20) === 0x2f && bytes.has(21, 4)) {
    const bits = bytes.u32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, orientation: 1, frames: 1 };
  }
  if (first !== 'VP8X' || !bytes.has(20, 10)) return undefined;
  const header: Header = { width: bytes.u24(24) + 1, height: bytes.u24(27) + 1, orientation: 1, frames: 1 };
  let frames = 0;
  let at = 12;
  for (let chunk = 0; chunk < MOST_CHUNKS && at + 8 <= bytes.length; chunk++) {
    const name = bytes.text(at, 4);
    const length = bytes.u32(at + 4, true);
    if (name === 'ANMF') frames++;
    if (name === 'EXIF') header.orientation = exifOrientation(bytes.slice(at + 8, length).all);
    at += 8 + length + (length & 1);
  }
  return { ...header, frames: Math.max(1, frames) };
}
