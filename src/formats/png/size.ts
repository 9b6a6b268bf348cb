// Whether bytes begin as a PNG, and size and frame count of it, APNG or not, from its chunks; nothing compressed is ever inflated.
import type { Bytes } from '../bytes';
import { type ImageHeader, widen } from '../image-header';
import { Steps } from '../steps';

const MOST_CHUNKS = 100_000;

export function beginsAsPng(bytes: Bytes): boolean {
  return bytes.text(0, 8) === '\x89PNG\r\n\x1a\n';
}

export function pngHeader(bytes: Bytes): ImageHeader | undefined {
  if (bytes.u32(8) !== 13 || bytes.text(12, 4) !== 'IHDR' || !bytes.has(16, 13)) return undefined;
  const header: ImageHeader = { width: bytes.u32(16), height: bytes.u32(20), frames: 1 };
  const steps = new Steps(MOST_CHUNKS);
  let controls = 0;
  let at = 8;
  while (at + 12 <= bytes.length) {
    steps.take();
    const length = bytes.u32(at);
    const name = bytes.text(at + 4, 4);
    if (name === 'IEND') break;
    // A second header, or a part of an animation that reaches beyond the image: the larger size is what counts.
    if (name === 'IHDR') widen(header, bytes.u32(at + 8), bytes.u32(at + 12));
    if (name === 'fcTL' && ++controls > 0)
      widen(header, bytes.u32(at + 12) + bytes.u32(at + 20), bytes.u32(at + 16) + bytes.u32(at + 24));
    if (name === 'acTL') header.frames = Math.max(1, bytes.u32(at + 8));
    at += 12 + length;
  }
  return { ...header, frames: Math.max(header.frames, controls) };
}
