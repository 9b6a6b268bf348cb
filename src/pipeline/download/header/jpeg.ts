// Size and orientation of a JPEG, from its markers before the first scan.
import type { Bytes } from '../bytes';
import { exifOrientation } from './exif';
import type { Header } from './header';

const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
const MOST_STEPS = 100_000;

export function jpegHeader(bytes: Bytes): Header | undefined {
  let orientation = 1;
  let at = 2;
  for (let step = 0; step < MOST_STEPS && at + 4 <= bytes.length; step++) {
    // Decoders skip junk between segments up to the next marker, so a size behind it counts as well.
    if (bytes.u8(at) !== 0xff) {
      at = bytes.all.indexOf(0xff, at);
      if (at < 0) return undefined;
      continue;
    }
    const marker = bytes.u8(at + 1);
    if (marker === 0xff) {
      at++;
    } else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else if (marker === SOS || marker === EOI) {
      return undefined;
    } else {
      const length = bytes.u16(at + 2);
      if (length < 2) return undefined;
      if (isFrame(marker)) {
        const header = { width: bytes.u16(at + 7), height: bytes.u16(at + 5), orientation, frames: 1 };
        return bytes.has(at, 9) ? header : undefined;
      }
      if (marker === APP1 && bytes.text(at + 4, 6) === 'Exif\0\0' && orientation === 1)
        orientation = exifOrientation(bytes.slice(at + 4, length - 2).all);
      at += 2 + length;
    }
  }
  return undefined;
}

/** SOF0 … SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
