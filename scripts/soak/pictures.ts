// Images for the soak: small, cheap to make by the thousand, and each unlike every other, also to the near-duplicate hash.
import { seededRandom } from '../../harness/pictures/random';

const SIDE = 64;
const BLOCK = 4;
const PALETTE = 256 * 4;
const HEADER = 14 + 40 + PALETTE;

/** The BMP of a number, 64 × 64 in greys, about 5 KB; the same number gives the same bytes. */
export function noiseImage(number: number): Buffer {
  const random = seededRandom(number + 1);
  const file = Buffer.alloc(HEADER + SIDE * SIDE);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(HEADER, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(SIDE, 18);
  file.writeInt32LE(SIDE, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(8, 28);
  file.writeUInt32LE(256, 46);
  for (let grey = 0; grey < 256; grey++) file.fill(grey, 54 + grey * 4, 54 + grey * 4 + 3);
  for (let y = 0; y < SIDE; y += BLOCK) {
    const row = Buffer.alloc(SIDE);
    for (let x = 0; x < SIDE; x += BLOCK) row.fill(random.whole(0, 255), x, x + BLOCK);
    for (let line = 0; line < BLOCK; line++) row.copy(file, HEADER + (y + line) * SIDE);
  }
  return file;
}
