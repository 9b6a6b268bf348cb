// Takes out of a PNG all but the picture and its colours: EXIF, texts, times, animation, private chunks, trailers.
import { exifOrientation, turned } from './orientation';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The chunks kept, with the lengths they may have: those a decoder must have, and those that say what the colours mean. A list
 * of what may stay, because anybody may invent a chunk and hide a text in it. Each but IDAT stands once, and has no room for
 * more than it is for. Texts are never inflated: they can be bombs, and so a colour profile stays as it is.
 */
const KEPT: Record<string, (length: number) => boolean> = {
  IHDR: length => length === 13,
  PLTE: length => length > 0 && length <= 768 && length % 3 === 0,
  IDAT: () => true,
  IEND: length => length === 0,
  tRNS: length => length <= 256,
  gAMA: length => length === 4,
  cHRM: length => length === 32,
  sRGB: length => length === 1,
  iCCP: length => length > 2,
  cICP: length => length === 4,
  sBIT: length => length >= 1 && length <= 4,
};

export interface StrippedPng {
  bytes: Uint8Array<ArrayBuffer>;
  /** Orientation of an eXIf chunk, 1 when there is none. */
  orientation: number;
  /** Some pixels may let the background through. */
  transparent: boolean;
}

/**
 * Undefined when the chunks do not add up, one has a length or a place it cannot have, or the end chunk is missing: such a
 * file must be encoded anew.
 */
export function stripPng(source: Uint8Array): StrippedPng | undefined {
  if (!SIGNATURE.every((byte, i) => source[i] === byte)) return undefined;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const out = new Uint8Array(source.length);
  out.set(source.subarray(0, 8));
  const seen = new Set<string>();
  let length = 8;
  let orientation = 1;
  let transparent = false;
  let animated = false;
  let beginsWithStill = false;
  let at = 8;
  while (at + 12 <= source.length) {
    const size = view.getUint32(at);
    const end = at + 12 + size;
    if (end > source.length) return undefined;
    const type = String.fromCharCode(...source.subarray(at + 4, at + 8));
    if (seen.size === 0 && type !== 'IHDR') return undefined;
    if (type === 'eXIf') orientation = turned(orientation, orientationOf(source.subarray(at + 8, end - 4)));
    // Colour types 4 and 6 have an alpha channel; the others name a transparent colour in a chunk.
    if (type === 'IHDR') transparent = ((source[at + 17] ?? 0) & 4) !== 0;
    if (type === 'tRNS') transparent = true;
    if (type === 'acTL') animated = true;
    if (type === 'fcTL' && !seen.has('IDAT')) beginsWithStill = true;
    if (Object.hasOwn(KEPT, type)) {
      if (!KEPT[type]?.(size) || (type !== 'IDAT' && seen.has(type))) return undefined;
      seen.add(type);
      out.set(source.subarray(at, end), length);
      length += end - at;
    } else if (isCritical(type)) {
      return undefined;
    }
    if (type === 'IEND') {
      // Browsers show an animation's first picture; the still one for other readers may be another.
      if (!seen.has('IDAT') || (animated && !beginsWithStill)) return undefined;
      return { bytes: out.slice(0, length), orientation, transparent };
    }
    at = end;
  }
  return undefined;
}

/** Some writers put the words before it that JPEG wants. */
function orientationOf(block: Uint8Array): number {
  const words = String.fromCharCode(...block.subarray(0, 5));
  return exifOrientation(words === 'Exif\0' ? block.subarray(6) : block);
}

/** A chunk no decoder may skip has a capital first. */
function isCritical(type: string): boolean {
  return /^[A-Z]/.test(type);
}
