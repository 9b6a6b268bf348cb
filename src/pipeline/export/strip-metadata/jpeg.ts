// Takes out of a JPEG what tells of its maker or place: EXIF, XMP, IPTC, comments, hidden second pictures, trailers.

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const ICC = 'ICC_PROFILE\0';
const EXIF = 'Exif\0\0';

/** What a JPEG is without its metadata. */
export interface StrippedJpeg {
  bytes: Uint8Array<ArrayBuffer>;
  /** EXIF orientation 1–8; other than 1 the pixels lie on their side and the tag that said so is gone. */
  orientation: number;
  /** Colour components of the frame; 4 means CMYK. */
  components: number;
}

/**
 * Copies the segments a decoder needs: everything but APPn and COM, with three APPn kept (APP0 JFIF, APP2 when it is an
 * ICC profile, APP14 Adobe, which says how colours are stored). Undefined when the structure is broken or has no end
 * mark: a strict decoder would refuse such a file, so it must be encoded anew.
 */
export function stripJpeg(source: Uint8Array): StrippedJpeg | undefined {
  if (source[0] !== 0xff || source[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [source.subarray(0, 2)];
  let orientation = 1;
  let components = 0;
  let at = 2;
  while (at < source.length) {
    if (source[at] !== 0xff) return undefined;
    // Any number of fill bytes may stand before a marker.
    while (source[at + 1] === 0xff) at++;
    const marker = source[at + 1];
    if (marker === EOI) {
      kept.push(source.subarray(at, at + 2));
      return components > 0 ? { bytes: join(kept), orientation, components } : undefined;
    }
    if (marker === undefined || at + 4 > source.length) return undefined;
    const end = at + 2 + word(source, at + 2);
    if (end < at + 4 || end > source.length) return undefined;
    const body = source.subarray(at + 4, end);
    if (marker === 0xe1 && starts(body, EXIF)) orientation = exifOrientation(body.subarray(6));
    if (isFrame(marker)) components = body[5] ?? 0;
    if (isNeeded(marker, body)) kept.push(source.subarray(at, end));
    at = end;
    if (marker === SOS) {
      const next = endOfScan(source, at);
      kept.push(source.subarray(at, next));
      at = next;
    }
  }
  return undefined;
}

function isNeeded(marker: number, body: Uint8Array): boolean {
  if (marker === 0xe2) return starts(body, ICC);
  if (marker === 0xe0 || marker === 0xee) return true;
  const application = marker >= 0xe0 && marker <= 0xef;
  return !application && marker !== 0xfe;
}

/** SOF0–SOF15 without DHT, JPG and DAC, which share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Index of the marker that ends the entropy-coded data: stuffed zeros and restart marks belong to the data. */
function endOfScan(source: Uint8Array, from: number): number {
  for (let at = source.indexOf(0xff, from); at !== -1; at = source.indexOf(0xff, at + 1)) {
    const next = source[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return source.length;
}

/** Orientation (tag 0x0112) of the first directory of a TIFF block; 1 when it is absent or unreadable. */
export function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function starts(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The parts as one: a view of what they were cut from, without a copy, where nothing between them was left out. */
function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && last && last.byteOffset + last.length - first.byteOffset === length) {
    return new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
