// Which files of a tree are images: by their names where these say so, by their bytes where they do not.
import { sniff } from '../../formats/sniff';
import { isHidden } from './folder-names';

/** One file of the tree, wherever it lies. */
export interface TreeFile {
  /** Folders and name, parted by slashes. */
  path: string;
  size: number;
  read(): Promise<Blob>;
  /** The first bytes, at most so many. Rejects where the file cannot be read. */
  head(most: number): Promise<Uint8Array>;
}

const IMAGE = /\.(?:jpe?g|jfif|png|webp|gif|avif|bmp)$/i;
/** Bytes that tell what a file is. */
const HEAD = 1024;
/** Files read at the same time. */
const TOGETHER = 16;
/** When so many of one ending were no images, the rest of that ending are not looked at: a set may have a text beside each image. */
const ENOUGH = 100;

/**
 * Images, images in a format that is not taken, such as HEIC, and other files, each in the order of the tree. That an ending names an image is believed here: the image is looked at when
 * it is taken, and refused by name if it is none.
 */
export async function sortFiles<T extends TreeFile>(
  tree: readonly T[],
  signal: AbortSignal,
): Promise<{ images: T[]; unfit: T[]; others: T[] }> {
  const images = new Set<T>();
  const unfit = new Set<T>();
  const misses = new Map<string, number>();
  const files = tree.filter(({ path }) => !path.endsWith('/'));
  const unsure: T[] = [];
  for (const file of files) {
    if (IMAGE.test(file.path)) images.add(file);
    else if (file.size > 0 && !file.path.split('/').some(isHidden)) unsure.push(file);
  }
  for (let at = 0; at < unsure.length; at += TOGETHER) {
    signal.throwIfAborted();
    const batch = unsure.slice(at, at + TOGETHER).filter(file => (misses.get(endingOf(file)) ?? 0) < ENOUGH);
    await Promise.all(
      batch.map(async file => {
        const head = await file.head(HEAD).catch(() => undefined);
        const kind = head && sniff(head).kind;
        if (kind === 'image') images.add(file);
        else if (kind === 'other-image') unfit.add(file);
        else misses.set(endingOf(file), (misses.get(endingOf(file)) ?? 0) + 1);
      }),
    );
  }
  const of = (kind: ReadonlySet<T>) => files.filter(file => kind.has(file));
  return { images: of(images), unfit: of(unfit), others: files.filter(file => !images.has(file) && !unfit.has(file)) };
}

/** Of a file without one, a word that is no ending. */
function endingOf({ path }: TreeFile): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : `/${path}`;
}
