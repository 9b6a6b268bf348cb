// What a body is, by its first bytes; names and headers from the server are not believed.
import type { ImageType } from '../contract/sample';
import { Bytes } from './bytes';
import { beginsAsSvg } from './svg';

/** Pictures of a kind the browsers cannot decode safely or at all, and things that are no pictures. */
export type OtherType = 'svg' | 'heic' | 'tiff' | 'jpeg2000' | 'jpeg-xl' | 'icon' | 'psd';
export type NotImage = 'html' | 'xml' | 'json' | 'pdf' | 'zip' | 'gzip' | 'video' | 'text' | 'unknown';

export type Sniffed =
  | { kind: 'image'; type: ImageType }
  | { kind: 'other-image'; type: OtherType }
  | { kind: 'not-image'; type: NotImage };

const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'mif2', 'miaf'];

export function sniff(body: Uint8Array): Sniffed {
  const bytes = new Bytes(body);
  const image = imageType(bytes);
  if (image) return { kind: 'image', type: image };
  const other = otherType(bytes);
  if (other) return { kind: 'other-image', type: other };
  return { kind: 'not-image', type: notImage(bytes) };
}

function imageType(bytes: Bytes): ImageType | undefined {
  if (bytes.u16(0) === 0xffd8 && bytes.u8(2) === 0xff) return 'jpeg';
  if (bytes.text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (/^GIF8[79]a$/.test(bytes.text(0, 6))) return 'gif';
  if (bytes.text(0, 4) === 'RIFF' && bytes.text(8, 4) === 'WEBP') return 'webp';
  if (brands(bytes).some(brand => AVIF_BRANDS.includes(brand))) return 'avif';
  // "BM" alone begins many a text: a BMP has its header's size at 14 and its reserved words empty.
  if (bytes.text(0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(bytes.u32(14, true))) return 'bmp';
  return undefined;
}

function otherType(bytes: Bytes): OtherType | undefined {
  if (brands(bytes).some(brand => HEIC_BRANDS.includes(brand))) return 'heic';
  const four = bytes.text(0, 4);
  if (four === 'II*\0' || four === 'MM\0*' || four === 'II+\0' || four === 'MM\0+') return 'tiff';
  if (bytes.text(4, 8) === 'jP  \r\n\x87\n' || bytes.u32(0) === 0xff4fff51) return 'jpeg2000';
  if (bytes.u16(0) === 0xff0a || bytes.text(4, 8) === 'JXL \r\n\x87\n') return 'jpeg-xl';
  if (four === '8BPS') return 'psd';
  if (bytes.u16(0) === 0 && [1, 2].includes(bytes.u16(2, true)) && bytes.u16(4, true) > 0) return 'icon';
  if (beginsAsSvg(start(bytes))) return 'svg';
  return undefined;
}

function notImage(bytes: Bytes): NotImage {
  if (bytes.text(0, 5) === '%PDF-') return 'pdf';
  if (bytes.text(0, 4) === 'PK\x03\x04') return 'zip';
  if (bytes.u16(0) === 0x1f8b) return 'gzip';
  if (bytes.text(4, 4) === 'ftyp' || bytes.u32(0) === 0x1a45dfa3) return 'video';
  const text = start(bytes)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (/^<(?:!doctype html|html|head|body|script|meta|title|div|!--)/i.test(text)) return 'html';
  if (/^<\?xml|^<[a-z]/i.test(text)) return 'xml';
  if (/^[[{]/.test(text)) return 'json';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text is what holds no control characters
  return text.length > 0 && !/[\x00-\x08\x0e-\x1f]/.test(text) ? 'text' : 'unknown';
}

/** Brands of an ISO base media file: the major one and the compatible ones. */
function brands(bytes: Bytes): string[] {
  if (bytes.text(4, 4) !== 'ftyp') return [];
  const end = Math.min(bytes.u32(0), bytes.length, 256);
  const found = [bytes.text(8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(bytes.text(at, 4));
  return found;
}

function start(bytes: Bytes): string {
  return bytes.text(0, 1024);
}
