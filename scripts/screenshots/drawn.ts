// What needs no screen: the site's two small images and Chrome's tile, of drawn images and the mark.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawImage } from '../../harness/pictures/pictures';

const ROOT = join(import.meta.dirname, '../..');
const SIDE = 96;
const GAP = 6;
/** What a search for rings found, and whether it is ticked. */
const FOUND: [label: string, index: number, ticked: boolean][] = [
  ['rings', 0, true],
  ['rings', 1, true],
  ['rings', 2, true],
  ['dots', 4, false],
  ['rings', 3, true],
  ['rings', 4, true],
  ['rings', 5, true],
  ['stripes', 2, false],
  ['rings', 6, true],
];
const TICK = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><circle cx="76" cy="20" r="13" fill="#b97a12" stroke="#fff" stroke-width="2"/><path d="m69 20 5 5 9-10" fill="none" stroke="#fff" stroke-width="3"/></svg>`;

export async function drawFound(path: string): Promise<void> {
  const tiles = await Promise.all(
    FOUND.map(async ([label, index, ticked], i) => {
      const tile = sharp(drawImage(label, index).bytes).resize(SIDE, SIDE, { fit: 'cover' }).ensureAlpha();
      const seen = ticked
        ? tile.composite([{ input: Buffer.from(TICK) }])
        : tile.modulate({ saturation: 0.4 }).ensureAlpha(0.45);
      const step = SIDE + GAP;
      return { input: await seen.png().toBuffer(), left: (i % 3) * step, top: Math.floor(i / 3) * step };
    }),
  );
  const size = 3 * SIDE + 2 * GAP;
  const ground = { r: 0, g: 0, b: 0, alpha: 0 };
  await sharp({ create: { width: size, height: size, channels: 4, background: ground } })
    .composite(tiles)
    .webp({ quality: 84 })
    .toFile(path);
}

export async function drawAsked(path: string): Promise<void> {
  await sharp(drawImage('rings', 1000).bytes).resize(144, 144, { fit: 'cover' }).webp({ quality: 84 }).toFile(path);
}

/** Chrome's small tile: the mark on the paper of the pages, with room around it; the store writes the name beside it. */
export async function drawTile(path: string): Promise<void> {
  const mark = await sharp(await readFile(join(ROOT, 'icons/mark.svg')), { density: 140 })
    .resize(188)
    .png()
    .toBuffer();
  await sharp({ create: { width: 440, height: 280, channels: 3, background: '#f6ead3' } })
    .composite([{ input: mark, gravity: 'centre' }])
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toFile(path);
}
