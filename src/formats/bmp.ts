// Size of a BMP. A negative height means rows from the top.
import type { Bytes } from './bytes';
import type { Header } from './image';

export function bmpHeader(bytes: Bytes): Header | undefined {
  if (!bytes.has(0, 26)) return undefined;
  if (bytes.u32(14, true) === 12)
    return { width: bytes.u16(18, true), height: bytes.u16(20, true), orientation: 1, frames: 1 };
  // A whole JPEG or PNG within, of whatever size: for printers, no browser reads it.
  if ([4, 5].includes(bytes.u32(30, true))) return undefined;
  return { width: bytes.i32(18, true), height: Math.abs(bytes.i32(22, true)), orientation: 1, frames: 1 };
}
