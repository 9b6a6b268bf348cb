// Whether bytes begin as a WebP, and size and frame count of it: simple lossy, simple lossless, or extended.
import type { Bytes } from './bytes';
import { type ImageHeader, widen } from './image-header';
import { Steps } from './steps';

const MOST_CHUNKS = 100_000;
/** Of what a frame of an animation has before its own chunks. */
const FRAME = 16;

export function beginsAsWebp(bytes: Bytes): boolean {
  return bytes.text(0, 4) === 'RIFF' && bytes.text(8, 4) === 'WEBP';
}

export function webpHeader(bytes: Bytes): ImageHeader | undefined {
  const first = bytes.text(12, 4);
  if (first === 'VP8 ' || first === 'VP8L') {
    const size = codedSize(bytes, 12);
    return size && { ...size, frames: 1 };
  }
  if (first !== 'VP8X' || !bytes.has(20, 10)) return undefined;
  // The canvas, and whatever image is larger than it should be: the larger size is what counts.
  const header: ImageHeader = { width: bytes.u24(24) + 1, height: bytes.u24(27) + 1, frames: 1 };
  const steps = new Steps(MOST_CHUNKS);
  let frames = 0;
  let at = 12;
  while (at + 8 <= bytes.length) {
    steps.take();
    const name = bytes.text(at, 4);
    const length = bytes.u32(at + 4, true);
    const coded = codedSize(bytes, at);
    if (coded) widen(header, coded.width, coded.height);
    if (name === 'ANMF') {
      frames++;
      if (length >= FRAME) widenByFrame(bytes, at + 8, length, header, steps);
    }
    at += 8 + length + (length & 1);
  }
  return { ...header, frames: Math.max(1, frames) };
}

/** By the place and size a frame gives itself, and by the pixels in it. */
function widenByFrame(bytes: Bytes, from: number, length: number, header: ImageHeader, steps: Steps): void {
  const [left, top] = [2 * bytes.u24(from), 2 * bytes.u24(from + 3)];
  widen(header, left + bytes.u24(from + 6) + 1, top + bytes.u24(from + 9) + 1);
  const end = Math.min(bytes.length, from + length);
  for (let at = from + FRAME; at + 8 <= end; ) {
    steps.take();
    const coded = codedSize(bytes, at);
    if (coded) widen(header, coded.width, coded.height);
    const inner = bytes.u32(at + 4, true);
    at += 8 + inner + (inner & 1);
  }
}

/** What a chunk of pixels says of itself; undefined for other chunks. */
function codedSize(bytes: Bytes, at: number): { width: number; height: number } | undefined {
  const name = bytes.text(at, 4);
  if (name === 'VP8 ' && bytes.u24(at + 11) === 0x2a019d && bytes.has(at + 14, 4))
    return { width: bytes.u16(at + 14, true) & 0x3fff, height: bytes.u16(at + 16, true) & 0x3fff };
  if (name === 'VP8L' && bytes.u8(at + 8) === 0x2f && bytes.has(at + 9, 4)) {
    const bits = bytes.u32(at + 9, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}
