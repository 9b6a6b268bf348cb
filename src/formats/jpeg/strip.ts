// Takes out of a JPEG all a decoder can do without: EXIF, XMP, IPTC, comments, thumbnails, hidden second images, trailers.
import { joined } from '../bytes';
import { exifOrientation, turned } from '../exif';
import { isColourProfile } from '../icc';
import {
  APP0,
  APP1,
  APP2,
  APP14,
  COM,
  DHT,
  DQT,
  DRI,
  EOI,
  isApplication,
  isRestart,
  SOI,
  SOS,
  USUAL_FRAMES,
  word,
} from './markers';
import { isWholeScan } from './scan-data';
import { JpegStructure } from './structure';

const ICC = 'ICC_PROFILE\0';
/** What precedes an orientation; some decoders take any byte for the last. */
const EXIF = 'Exif\0';
/** Bytes of an APP0 JFIF segment's contents without its thumbnail, and of an Adobe segment's. */
const JFIF_LENGTH = 14;
const ADOBE_LENGTH = 12;
/** They are counted in a byte. */
const MOST_PROFILE_PARTS = 255;

/** What a JPEG is without its metadata. */
export interface StrippedJpeg {
  bytes: Uint8Array<ArrayBuffer>;
  /** EXIF orientation 1–8; other than 1 the pixels lie on their side and the tag that said so is gone. */
  orientation: number;
  /** Colour components of the frame; 4 means CMYK. */
  components: number;
}

/**
 * Copies the segments a decoder needs: frame, tables and scans, and three APPn: APP0 JFIF without its thumbnail, APP2 when it
 * is a colour profile, and APP14 Adobe, which says how colours are stored. A colour profile stays as it is, with the words in
 * it. Undefined when the structure is broken, has no end mark, or holds what decoders do not agree on or have no use for,
 * between the scans or within their data: such a file must be encoded anew. Codes that
 * a table names and no block uses stay, because the tables of most cameras are the same for all images.
 */
export function stripJpeg(source: Uint8Array): StrippedJpeg | undefined {
  if (source[0] !== 0xff || source[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [source.subarray(0, 2)];
  const profile: Uint8Array[] = [];
  const seen = { jfif: false, adobe: false };
  const structure = new JpegStructure();
  let orientation = 1;
  let at = 2;
  while (at < source.length) {
    if (source[at] !== 0xff || profile.length > MOST_PROFILE_PARTS) return undefined;
    // Any number of fill bytes may stand before a marker.
    while (source[at + 1] === 0xff) at++;
    const marker = source[at + 1];
    if (marker === EOI) {
      kept.push(source.subarray(at, at + 2));
      const whole = structure.isComplete() && isWhole(profile);
      return whole ? { bytes: joined(kept), orientation, components: structure.components.length } : undefined;
    }
    if (marker === undefined || at + 4 > source.length) return undefined;
    const end = at + 2 + word(source, at + 2);
    if (end < at + 4 || end > source.length) return undefined;
    const body = source.subarray(at + 4, end);
    if (marker === SOS) {
      const scan = structure.scan(body);
      const next = endOfScan(source, end);
      if (!scan || !isWholeScan(source.subarray(end, next), scan)) return undefined;
      kept.push(source.subarray(at, next));
      at = next;
      continue;
    }
    if (USUAL_FRAMES.includes(marker)) {
      if (!structure.frame(marker, body)) return undefined;
      kept.push(source.subarray(at, end));
    } else if (marker === DQT || marker === DHT || marker === DRI) {
      const sound = { [DQT]: structure.quantisation, [DHT]: structure.huffman, [DRI]: structure.restarts }[marker];
      if (!sound.call(structure, body)) return undefined;
      kept.push(source.subarray(at, end));
    } else if (marker === APP0 && starts(body, 'JFIF\0') && body.length >= JFIF_LENGTH && !seen.jfif) {
      seen.jfif = true;
      kept.push(withoutThumbnail(source, at));
    } else if (marker === APP2 && starts(body, ICC)) {
      profile.push(body.subarray(ICC.length));
      kept.push(source.subarray(at, end));
    } else if (marker === APP14 && starts(body, 'Adobe') && body.length >= ADOBE_LENGTH) {
      if (seen.adobe) return undefined;
      seen.adobe = true;
      kept.push(body.length === ADOBE_LENGTH ? source.subarray(at, end) : cut(source, at, ADOBE_LENGTH));
    } else if (marker === APP1 && starts(body, EXIF)) {
      orientation = turned(orientation, exifOrientation(body.subarray(EXIF.length + 1)));
    } else if (marker !== COM && !isApplication(marker)) {
      return undefined;
    }
    at = end;
  }
  return undefined;
}

/** A JFIF segment's first 14 bytes, of which the last two say how large a thumbnail follows. */
function withoutThumbnail(source: Uint8Array, at: number): Uint8Array {
  const segment = cut(source, at, JFIF_LENGTH);
  segment.fill(0, segment.length - 2);
  const end = at + segment.length;
  return segment.every((byte, i) => byte === source[at + i]) ? source.subarray(at, end) : segment;
}

function cut(source: Uint8Array, at: number, length: number): Uint8Array {
  const segment = new Uint8Array(source.subarray(at, at + 4 + length));
  segment[2] = 0;
  segment[3] = length + 2;
  return segment;
}

/** Whether the parts of a colour profile, each behind its number and how many there are, are in order and make a sound one. */
function isWhole(parts: Uint8Array[]): boolean {
  if (parts.length === 0) return true;
  if (!parts.every((part, n) => part[0] === n + 1 && part[1] === parts.length)) return false;
  return isColourProfile(joined(parts.map(part => part.subarray(2))));
}

/** Index of the marker that ends the entropy-coded data: stuffed zeros and restart marks belong to the data. */
function endOfScan(source: Uint8Array, from: number): number {
  for (let at = source.indexOf(0xff, from); at !== -1; at = source.indexOf(0xff, at + 1)) {
    const next = source[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return source.length;
}

function starts(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}
