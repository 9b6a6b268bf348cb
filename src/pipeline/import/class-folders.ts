// Reads a tree of folders as classes, the way torchvision, Keras and Gleaner's own dataset.zip lay them out.

/** An image of the tree and the class its folder names. */
export interface FolderImage<T> {
  file: T;
  label: string;
}

export interface ClassFolders<T> {
  images: FolderImage<T>[];
  /** Other files: tables, notes, what a system left behind. */
  others: number;
}

const SPLIT = /^(?:train|training|val|valid|validation|test|testing)$/i;
const IMAGE = /\.(?:jpe?g|jfif|png|webp|gif|avif|bmp)$/i;

/**
 * The class is the first folder below what all images share and below a folder named after a split: `dataset/train/bears/1.jpg`
 * and `bears/black/1.jpg` (beside others) are both bears. Images without any folder belong to `otherwise`. Hidden files and
 * those macOS adds are left out. The splits of the tree are not kept: Gleaner splits by content, so that a picture never
 * changes sides and near-duplicates, which many public sets have on both, never part.
 */
export function classFolders<T extends { path: string }>(files: Iterable<T>, otherwise: string): ClassFolders<T> {
  const found: { file: T; folders: string[] }[] = [];
  let others = 0;
  for (const file of files) {
    const folders = file.path.split('/');
    const name = folders.pop() ?? '';
    // A path that ends with a slash is a folder, not a file.
    if (name === '') continue;
    if (IMAGE.test(name) && ![...folders, name].some(isHidden)) found.push({ file, folders });
    else others++;
  }
  const shared = sharedDepth(found.map(({ folders }) => folders));
  const images = found.map(({ file, folders }) => {
    const below = folders.slice(shared);
    const label = below.find(folder => !SPLIT.test(folder)) ?? otherwise;
    return { file, label };
  });
  return { images, others };
}

function isHidden(part: string): boolean {
  return part.startsWith('.') || part === '__MACOSX';
}

/** How many folders all images share; the last of them stays, because one class alone shares its own. */
function sharedDepth(all: string[][]): number {
  const [first = []] = all;
  let depth = 0;
  while (depth < first.length && all.every(folders => folders[depth] === first[depth])) depth++;
  const shortest = all.reduce((least, { length }) => Math.min(least, length), first.length);
  return Math.max(0, Math.min(depth, shortest - 1));
}
