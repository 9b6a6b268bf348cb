// Takes out of a PNG all but the picture and its colours: EXIF, texts, times, animation, private chunks, trailers.
import { exifOrientation } from './jpeg';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The chunks kept: those a decoder must have, and those that say what the colours mean. A list of what may stay, because
 * anybody may invent a chunk and hide a text in it. Texts are never inflated: they can be bombs.
 */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT']);

export interface StrippedPng {
  bytes: Uint8Array<ArrayBuffer>;
  /** Orientation of an eXIf chunk, 1 when there is none. */
  orientation: number;
  /** Some pixels may let the background through. */
  transparent: boolean;
}

/** Undefined when the chunks do not add up or the end chunk is missing: such a file must be encoded anew. */
export function stripPng(source: Uint8Array): StrippedPng | undefined {
  if (!SIGNATURE.every((byte, i) => source[i] === byte)) return undefined;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const out = new Uint8Array(source.length);
  out.set(source.subarray(0, 8));
  let length = 8;
  let orientation = 1;
  let transparent = false;
  let at = 8;
  while (at + 12 <= source.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > source.length) return undefined;
    const type = String.fromCharCode(...source.subarray(at + 4, at + 8));
    if (type === 'eXIf') orientation = exifOrientation(source.subarray(at + 8, end - 4));
    // Colour types 4 and 6 have an alpha channel; the others name a transparent colour in a chunk.
    if (type === 'IHDR') transparent = ((source[at + 17] ?? 0) & 4) !== 0;
    if (type === 'tRNS') transparent = true;
    if (KEPT.has(type)) {
      out.set(source.subarray(at, end), length);
      length += end - at;
    }
    if (type === 'IEND') return { bytes: out.slice(0, length), orientation, transparent };
    at = end;
  }
  return undefined;
}
