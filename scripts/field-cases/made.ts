// Images of a person's own that are made when they are needed: a phone's photo of 64 megapixels, a digit of 28 pixels.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPhoto } from '../../harness/pictures/pictures';
import type { Right } from './right';

interface Made {
  width: number;
  height: number;
  right: Right;
}

const image = (name: string, width: number, height: number): Made => ({
  width,
  height,
  right: { by: 'image', labels: { [name]: 1 }, sizes: [`${width} × ${height}`], firefox: true },
});

export const MADE: Record<string, Made> = {
  'own-photo': image('own-photo', 9248, 6936),
  'own-digit': image('own-digit', 28, 28),
};

/** Draws it into the folder and gives its path. */
export async function make(name: string, { width, height }: Made, folder: string): Promise<string> {
  const path = join(folder, `${name}.jpg`);
  const drawn = drawPhoto('stripes', width, 800, 600).bytes;
  await writeFile(path, await sharp(drawn).resize(width, height, { fit: 'fill' }).jpeg({ quality: 85 }).toBuffer());
  return path;
}
