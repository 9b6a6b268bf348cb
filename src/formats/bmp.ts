// Whether bytes begin as a BMP, and its size. A negative height means rows from the top.
import type { Bytes } from './bytes';
import type { ImageHeader } from './image-header';

/** "BM" alone begins many a text: a BMP has its header's size at 14 and its reserved words empty. */
export function beginsAsBmp(bytes: Bytes): boolean {
  return bytes.text(0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(bytes.u32(14, true));
}

export function bmpHeader(bytes: Bytes): ImageHeader | undefined {
  if (!bytes.has(0, 26)) return undefined;
  if (bytes.u32(14, true) === 12) return { width: bytes.u16(18, true), height: bytes.u16(20, true), frames: 1 };
  // A whole JPEG or PNG within, of whatever size: for printers, no browser reads it.
  if ([4, 5].includes(bytes.u32(30, true))) return undefined;
  return { width: bytes.i32(18, true), height: Math.abs(bytes.i32(22, true)), frames: 1 };
}
