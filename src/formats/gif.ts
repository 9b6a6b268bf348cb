// Whether bytes begin as a GIF, and size and frame count of it, from its blocks; a frame larger than the screen enlarges it, as decoders do.
import type { Bytes } from './bytes';
import type { ImageHeader } from './image-header';

const EXTENSION = 0x21;
const IMAGE = 0x2c;

export function beginsAsGif(bytes: Bytes): boolean {
  return /^GIF8[79]a$/.test(bytes.text(0, 6));
}

export function gifHeader(bytes: Bytes): ImageHeader | undefined {
  if (!bytes.has(0, 13)) return undefined;
  const header: ImageHeader = { width: bytes.u16(6, true), height: bytes.u16(8, true), frames: 0 };
  let at = 13 + colourTable(bytes.u8(10));
  while (at < bytes.length) {
    const block = bytes.u8(at);
    if (block === EXTENSION) {
      at = afterSubBlocks(bytes, at + 2);
    } else if (block === IMAGE && bytes.has(at, 10)) {
      header.frames++;
      header.width = Math.max(header.width, bytes.u16(at + 1, true) + bytes.u16(at + 5, true));
      header.height = Math.max(header.height, bytes.u16(at + 3, true) + bytes.u16(at + 7, true));
      at = afterSubBlocks(bytes, at + 11 + colourTable(bytes.u8(at + 9)));
    } else {
      break;
    }
  }
  return header.frames > 0 ? header : undefined;
}

function colourTable(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

function afterSubBlocks(bytes: Bytes, from: number): number {
  let at = from;
  while (at < bytes.length && bytes.u8(at) !== 0) at += 1 + bytes.u8(at);
  return at + 1;
}
