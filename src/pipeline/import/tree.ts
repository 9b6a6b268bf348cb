// A tree of files as classes: what it holds is sorted, its tables are read, and every way to read it is there to choose from.

import { GleanerError } from '../../contract/error';
import { everyReading, type FolderReading } from './folder-choices';
import { sortFiles, type TreeFile } from './image-files';
import type { OpenZip } from './open-zip';
import { METADATA, METADATA_LIMITS } from './own-dataset';

export interface Understood {
  /** The meant reading first, then every other. */
  readings: FolderReading<TreeFile>[];
  /** Images in a format that is not taken, such as HEIC, TIFF or SVG. */
  unfit: TreeFile[];
  /** Files that are no images. */
  others: TreeFile[];
}

/** The files of an opened zip. */
export function treeOfArchive(archive: OpenZip): TreeFile[] {
  return archive.entries.map(entry => ({
    path: entry.path,
    size: entry.size,
    read: async () => new Blob([await archive.read(entry)]),
    head: most => archive.head(entry, most),
  }));
}

/**
 * @param name  of the archive or folder: the label of images that no folder names
 * @param shown  the same for a sentence
 * @throws GleanerError  `import_nothing` when there is no image in it, `import_unfit` when there is none that can be taken
 */
export async function understand(
  tree: readonly TreeFile[],
  name: string,
  signal: AbortSignal,
  shown = name,
): Promise<Understood> {
  const { images, unfit, others } = await sortFiles(tree, signal);
  if (images.length === 0) throw new GleanerError(unfit.length > 0 ? 'import_unfit' : 'import_nothing', [shown]);
  const tables = new Map<string, string>();
  for (const file of others) {
    if (!METADATA.test(file.path) || file.size > METADATA_LIMITS.bytes || tables.size >= METADATA_LIMITS.tables)
      continue;
    const text = await file.read().then(
      blob => blob.text(),
      () => undefined,
    );
    if (text !== undefined) tables.set(file.path, text);
  }
  return { readings: everyReading(images, name, tables), unfit, others };
}
