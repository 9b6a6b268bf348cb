// The boxes of an ISO base media file (ISO/IEC 14496-12), which AVIF is one of.
import type { Bytes } from '../bytes';
import { GivenUp, Steps } from '../steps';

const AVIF_BRANDS = ['avif', 'avis'];
export const MOST_BOXES = 4096;
/** Of what an `av1C` box has before the stream's own headers. */
export const CONFIG = 4;

export interface Box {
  type: string;
  /** Offset and length of the contents. */
  at: number;
  length: number;
}

/**
 * The boxes that lie side by side in a range; what has no sensible length ends them.
 *
 * @throws GivenUp  when there are more than `MOST_BOXES`
 */
export function boxes(bytes: Bytes, from: number, length: number): Box[] {
  const found: Box[] = [];
  const end = Math.min(bytes.length, from + length);
  const steps = new Steps(MOST_BOXES);
  let at = from;
  while (at + 8 <= end) {
    steps.take();
    const short = bytes.u32(at);
    // 1: a 64-bit size follows; 0: to the end of the file.
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? bytes.u32(at + 8) * 2 ** 32 + bytes.u32(at + 12) : short === 0 ? end - at : short;
    if (size < head) break;
    found.push({ type: bytes.text(at + 4, 4), at: at + head, length: Math.min(size, end - at) - head });
    at += size;
  }
  return found;
}

/**
 * The box of a type in another, or undefined.
 *
 * @throws GivenUp  when there are two: some readers take the first, some the last, and some both
 */
export function within(bytes: Bytes, box: Box, type: string): Box | undefined {
  const [found, second] = boxes(bytes, box.at, box.length).filter(child => child.type === type);
  if (second) throw new GivenUp();
  return found;
}

/** Brands of an ISO base media file: the major one and the compatible ones; none where bytes begin as no such file. */
export function brands(bytes: Bytes): string[] {
  if (bytes.text(4, 4) !== 'ftyp') return [];
  const end = Math.min(bytes.u32(0), bytes.length, 256);
  const found = [bytes.text(8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(bytes.text(at, 4));
  return found;
}

export function beginsAsAvif(bytes: Bytes): boolean {
  return brands(bytes).some(brand => AVIF_BRANDS.includes(brand));
}
