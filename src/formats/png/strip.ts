// Takes out of a PNG all but the image and its colours: EXIF, texts, times, animation, private chunks, trailers.
import { createCRC32, type IHasher } from 'hash-wasm';
import { Bytes, joined } from '../bytes';
import { exifOrientation, turned } from '../exif';
import { isColourProfile } from '../icc';
import { inflated } from '../zlib';
import { arePixels, INDEXED, type PngHeader, readIhdr } from './pixels';
import { beginsAsPng } from './size';

/**
 * The chunks kept, and what they may hold: those a decoder must have, and those that say what the colours mean. A list of what
 * may stay, because anybody may invent a chunk and hide a text in it. Each but IDAT stands once, and has no room for more than
 * it is for. A palette that only proposes colours is left out.
 */
const KEPT: Record<string, (body: Uint8Array) => boolean> = {
  IHDR: body => body.length === 13,
  PLTE: body => body.length > 0 && body.length <= 768 && body.length % 3 === 0,
  IDAT: () => true,
  IEND: body => body.length === 0,
  tRNS: body => body.length <= 256,
  gAMA: body => body.length === 4 && areFractions(body),
  cHRM: body => body.length === 32 && areFractions(body),
  sRGB: ([intent = 0, ...more]) => intent <= 3 && more.length === 0,
  iCCP: body => body.length > 2,
  cICP: body => body.length === 4,
  sBIT: body => body.length >= 1 && body.length <= 4 && body.every(bits => bits >= 1 && bits <= 16),
};
/** The largest gamma or chromaticity that is one, times 100 000. */
const MOST_FRACTION = 1_000_000;
/** Profiles of printers with large tables have some megabytes; one above this is as good as a bomb. */
const MOST_PROFILE = 1 << 22;
const PROFILE_NAME = 'icc';

export interface StrippedPng {
  bytes: Uint8Array<ArrayBuffer>;
  /** Orientation of an eXIf chunk, 1 when there is none. */
  orientation: number;
  /** Some pixels may let the background through. */
  transparent: boolean;
}

/**
 * Undefined when the chunks do not add up, one has contents, a place or a checksum it cannot have, the pixels end before the
 * data does, or the end chunk is missing: such a file must be encoded anew.
 */
export async function stripPng(source: Uint8Array): Promise<StrippedPng | undefined> {
  if (!beginsAsPng(new Bytes(source))) return undefined;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const crc = await createCRC32();
  const kept: Uint8Array[] = [source.subarray(0, 8)];
  const data: Uint8Array[] = [];
  const seen = new Set<string>();
  let header: PngHeader | undefined;
  let colours = 0;
  let orientation = 1;
  let transparent = false;
  let animated = false;
  let beginsWithStill = false;
  let at = 8;
  while (at + 12 <= source.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > source.length) return undefined;
    const type = String.fromCharCode(...source.subarray(at + 4, at + 8));
    const body = source.subarray(at + 8, end - 4);
    const whole = source.subarray(at, end);
    at = end;
    if (seen.size === 0 && type !== 'IHDR') return undefined;
    if (type === 'eXIf') orientation = turned(orientation, orientationOf(body));
    if (type === 'acTL') animated = true;
    if (type === 'fcTL' && !seen.has('IDAT')) beginsWithStill = true;
    if (!Object.hasOwn(KEPT, type)) {
      if (isCritical(type)) return undefined;
      continue;
    }
    // Colours said behind the pixels are not read by all, nor pixels that something parts.
    const late = seen.has('IDAT') && type !== 'IDAT' && type !== 'IEND';
    if (!KEPT[type]?.(body) || (type !== 'IDAT' && seen.has(type)) || late) return undefined;
    if (checksum(crc, whole) !== view.getUint32(end - 4)) return undefined;
    seen.add(type);
    if (type === 'IHDR') {
      header = readIhdr(body);
      if (!header) return undefined;
      // Colour types 4 and 6 have an alpha channel; the others name a transparent colour in a chunk.
      transparent = (header.colourType & 4) !== 0;
    }
    if (type === 'tRNS') transparent = true;
    if (type === 'PLTE') {
      if (header?.colourType !== INDEXED) continue;
      colours = body.length / 3;
    }
    if (type === 'IDAT') data.push(body);
    if (type === 'iCCP' && !(await isNamedProfile(body))) return undefined;
    kept.push(type === 'iCCP' ? renamed(whole, crc) : whole);
    if (type === 'IEND') {
      // Browsers show an animation's first image; the still one for other readers may be another.
      if (!header || !seen.has('IDAT') || (animated && !beginsWithStill)) return undefined;
      if (!(await arePixels(joined(data), header, colours))) return undefined;
      return { bytes: joined(kept), orientation, transparent };
    }
  }
  return undefined;
}

/** A name, which may be in words, a zero, the method, and a compressed profile up to the end. */
async function isNamedProfile(body: Uint8Array): Promise<boolean> {
  const nameEnd = body.indexOf(0);
  if (nameEnd < 1 || nameEnd > 79 || body[nameEnd + 1] !== 0) return false;
  const profile = await inflated(body.subarray(nameEnd + 2), MOST_PROFILE);
  return profile !== undefined && isColourProfile(profile);
}

/** The profile's chunk under a name that tells nothing. */
function renamed(chunk: Uint8Array, crc: IHasher): Uint8Array {
  const nameEnd = chunk.indexOf(0, 8);
  const before = nameEnd - 8 - PROFILE_NAME.length;
  const renamed = new Uint8Array(chunk.subarray(Math.max(0, before)));
  const view = new DataView(renamed.buffer);
  view.setUint32(0, renamed.length - 12);
  renamed.set(new TextEncoder().encode(`iCCP${PROFILE_NAME}`.slice(0, 4 + nameEnd - 8)), 4);
  view.setUint32(renamed.length - 4, checksum(crc, renamed));
  return renamed;
}

/** What must stand in a chunk's last four bytes. */
function checksum(crc: IHasher, chunk: Uint8Array): number {
  return Number.parseInt(crc.init().update(chunk.subarray(4, -4)).digest(), 16);
}

function areFractions(body: Uint8Array): boolean {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at < body.length; at += 4) if (view.getUint32(at) > MOST_FRACTION) return false;
  return true;
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
