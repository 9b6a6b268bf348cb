// What a body is, by its first bytes; names and headers from the server are not believed.
import { brands } from './avif/boxes';
import { Bytes } from './bytes';
import { type ImageType, imageType } from './image';
import { beginsAsSvg } from './svg';

/** Images of a kind the browsers cannot decode safely or at all, and things that are no images. */
export type OtherType = 'svg' | 'heic' | 'tiff' | 'jpeg2000' | 'jpeg-xl' | 'icon' | 'psd';
export type NotImage = 'html' | 'xml' | 'json' | 'pdf' | 'zip' | 'gzip' | 'video' | 'text' | 'unknown';

export type Sniffed =
  | { kind: 'image'; type: ImageType }
  | { kind: 'other-image'; type: OtherType }
  | { kind: 'not-image'; type: NotImage };

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'mif2', 'miaf'];

export function sniff(body: Uint8Array): Sniffed {
  const bytes = new Bytes(body);
  const image = imageType(bytes);
  if (image) return { kind: 'image', type: image };
  const other = otherType(bytes);
  if (other) return { kind: 'other-image', type: other };
  return { kind: 'not-image', type: notImage(bytes) };
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

function start(bytes: Bytes): string {
  return bytes.text(0, 1024);
}
