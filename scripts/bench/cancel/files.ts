// Files that keep the app busy long enough to be stopped: many images in class folders, and a directory of many long names.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DRAWN_LABELS, drawPhoto } from '../../../harness/pictures/pictures';
import { craftZip } from '../../fuzz/craft-zip';

/** Drawn once, then stored again and again with other bytes behind the image. */
const DRAWN = 12;
/** What a directory of a zip without 64-bit numbers can name is 65,535. */
const NAMES = 60_000;

export interface Files {
  /** `images` photos in four class folders. */
  photos: string;
  /** Empty files in class folders, with long names. */
  names: string;
}

/** Writes them into the folder. */
export async function writeFiles(folder: string, images: number): Promise<Files> {
  const drawn = Array.from({ length: DRAWN }, (_, n) => drawPhoto(labelOf(n), n, 800, 600).bytes);
  const photos = Array.from({ length: images }, (_, n) => ({
    path: `${labelOf(n)}/${n}.jpg`,
    data: Buffer.concat([drawn[n % DRAWN] ?? Buffer.alloc(0), Buffer.from(`${n}`)]),
  }));
  const named = Array.from({ length: NAMES }, (_, n) => ({
    path: `${labelOf(n)}/${`${n}`.padEnd(200, 'x')}.jpg`,
    data: new Uint8Array(),
  }));
  const files: Files = { photos: join(folder, 'photos.zip'), names: join(folder, 'names.zip') };
  await writeFile(files.photos, craftZip(photos));
  await writeFile(files.names, craftZip(named));
  return files;
}

function labelOf(n: number): string {
  return DRAWN_LABELS[n % DRAWN_LABELS.length] ?? '';
}
