// Sound inputs: the engines' fixtures, and the real pages, images and lists beside the project where they are there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const ENGINES = join(ROOT, 'tests/fixtures/engines');
const SHARED = join(ROOT, '../shared');
/** Larger ones take longer to prepare than to read. */
const MOST_BYTES = 400_000;

/** Fixtures of an engine whose names end so, and its real pages. */
export function engineSamples(id: string, ending: string): string[] {
  const real = join(SHARED, 'pages', id);
  return [...filesIn(join(ENGINES, id)), ...filesIn(real)]
    .filter(path => path.endsWith(ending))
    .map(path => readFileSync(path))
    .filter(bytes => bytes.length <= MOST_BYTES)
    .map(bytes => bytes.toString('utf8'));
}

/** Real odd images, at most so many bytes each. */
export function oddImages(most = 60_000): Uint8Array<ArrayBuffer>[] {
  return filesIn(join(SHARED, 'odd-images'))
    .filter(path => /\.(?:jpe?g|png|gif|webp|avif|bmp|svg|ico|tiff?|heic|jxl)$/i.test(path))
    .map(path => Uint8Array.from(readFileSync(path)))
    .filter(bytes => bytes.length <= most);
}

export function realLists(): string[] {
  return filesIn(join(SHARED, 'urls')).map(path => readFileSync(path, 'utf8').slice(0, 20_000));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
