// A folder of folders as labels with their files, served as they are.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeader } from '../../src/formats/image';
import { sniff } from '../../src/formats/sniff';
import { IMAGE_LIMITS } from '../../src/pipeline/download/limits';
import type { ImageFile, LabelImages } from './pictures';

const IMAGE = /\.(?:jpe?g|png|webp|gif|avif|bmp)$/i;

/** Each folder is a label; other files and hidden names are left out. Throws when no folder holds an image. */
export async function labelsFromFolder(folder: string): Promise<LabelImages[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const labels: LabelImages[] = [];
  for (const { name } of entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))) {
    const files = (await readdir(join(folder, name))).filter(file => IMAGE.test(file)).sort();
    const images = await Promise.all(files.map(file => readImage(folder, name, file)));
    if (images.length > 0) labels.push({ label: name, images });
  }
  if (labels.length === 0) throw new Error(`${folder} holds no folder with images; each folder is one label.`);
  return labels.sort((a, b) => (a.label < b.label ? -1 : 1));
}

async function readImage(folder: string, label: string, file: string): Promise<ImageFile> {
  const bytes = await readFile(join(folder, label, file));
  const kind = sniff(bytes);
  const header = kind.kind === 'image' ? readHeader(kind.type, bytes, IMAGE_LIMITS) : undefined;
  // A file that cannot be read is listed as well: search results hold broken images too, and the app must cope.
  const { width, height } = header ?? { width: 1024, height: 768 };
  return { name: file, bytes, width, height };
}
