// Whether bytes begin as a JPEG, and its size: from its markers before the first scan, and a bound on how many scans follow.
import type { Bytes } from '../bytes';
import type { ImageHeader } from '../image-header';
import { Steps } from '../steps';
import { COM, DAC, DHT, DQT, DRI, EOI, isApplication, isFrame, isRestart, SOS, word } from './markers';

const MOST_STEPS = 100_000;
/** Encoders write about ten. Each has a decoder go through the whole image again, and costs the file but a few bytes. */
const MOST_SCANS = 200;
/** Beside APPn and frames. */
const TABLES = [DHT, DAC, DQT, DRI, COM];

export function beginsAsJpeg(bytes: Bytes): boolean {
  return bytes.u16(0) === 0xffd8 && bytes.u8(2) === 0xff;
}

/**
 * The larger of each side, should there be several frames. Only markers that every decoder steps over in the same way may
 * stand before the scan: of a reserved one some believe the length and others do not, and then read another image.
 */
export function jpegHeader(bytes: Bytes): ImageHeader | undefined {
  let header: ImageHeader | undefined;
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
    } else if (marker === 0 || marker === 1 || isRestart(marker)) {
      at += 2;
    } else if (marker === SOS) {
      boundScans(bytes, at);
      return header;
    } else {
      const length = bytes.u16(at + 2);
      if (length < 2 || !(isApplication(marker) || isFrame(marker) || TABLES.includes(marker))) return undefined;
      if (isFrame(marker)) {
        if (!bytes.has(at, 9)) return undefined;
        const width = Math.max(bytes.u16(at + 7), header?.width ?? 0);
        header = { width, height: Math.max(bytes.u16(at + 5), header?.height ?? 0), frames: 1 };
      }
      at += 2 + length;
    }
  }
  return undefined;
}

/**
 * Steps over everything a decoder reads from the first scan on, up to the end mark: what follows that may be any bytes.
 *
 * @throws GivenUp  when there are more scans than any encoder writes
 */
function boundScans({ all }: Bytes, from: number): void {
  const scans = new Steps(MOST_SCANS);
  const last = all.length - 1;
  // Not `indexOf`, which costs more where every second byte is a mark, as in data that is all stuffed zeros.
  for (let at = from; at < last; at++) {
    if (all[at] !== 0xff) continue;
    const marker = all[at + 1] ?? 0;
    // Zeros, fill bytes and marks for a restart belong to the data; of reserved ones decoders do not believe a length there.
    if (marker < 0xc0 || marker === 0xff || isRestart(marker)) continue;
    if (marker === EOI) return;
    if (marker === SOS) scans.take();
    at += 1 + word(all, at + 2);
  }
}
