// Imports folders of images, one class each, from a zip or from the disk: a harvest like others, so it can be undone.
import { GleanerError } from '../../../contract/error';
import { ask } from '../../../edges/messages';
import { allLabels } from '../../../edges/store/labels';
import type { Archive } from '../../../formats/zip/directory';
import { checkedName, named } from '../../../pipeline/bucket/label-name';
import { IMAGE_LIMITS } from '../../../pipeline/download/limits';
import { classFolders, type FolderImage } from '../../../pipeline/import/class-folders';
import { sumCounts } from '../../../pipeline/queue/sum-counts';
import type { Progress } from './export-job';
import { type StagedPicture, stagePictures, type TakenPictures } from './stage-pictures';
import { takeBackLabels } from './take-back';

/** More classes than this are no classes, but some other tree. */
export const MOST_LABELS = 1000;

/** One file of the tree, wherever it lies. */
export interface TreeFile {
  path: string;
  size: number;
  read(): Promise<Blob>;
}

export interface Imported extends TakenPictures {
  /** Files that are no images by their name. */
  others: number;
  harvests: string[];
  /** Ids of the labels that were not there before. */
  made: string[];
  labels: number;
}

export function nothingImported(): Imported {
  return { stored: 0, rejected: {}, others: 0, harvests: [], made: [], labels: 0 };
}

/** The files of an opened zip. */
export function treeOfArchive(archive: Archive): TreeFile[] {
  return archive.entries.map(entry => ({
    path: entry.path,
    size: entry.size,
    read: async () => new Blob([await archive.read(entry)]),
  }));
}

/** The files a person chose as a folder; their paths begin with its name. */
export function treeOfFiles(files: File[]): TreeFile[] {
  return files.map(file => ({ path: file.webkitRelativePath || file.name, size: file.size, read: async () => file }));
}

/**
 * Puts every image under the label its folder names. `imported` is filled as images come, so that it is right also when the
 * signal aborts. Rejects with `import_nothing`, `import_many_labels`, or with `zip_bomb` when a file turns out to be more
 * than it said; what had come by then is the caller's to undo.
 * @param name  of the archive or folder, for the log and for images without a folder
 */
export async function importFolders(
  tree: TreeFile[],
  name: string,
  imported: Imported,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const { images, others } = classFolders(tree, name);
  imported.others = others;
  if (images.length === 0) throw new GleanerError('import_nothing', [named(name)]);
  const classes = new Map<string, FolderImage<TreeFile>[]>();
  for (const image of images) {
    const members = classes.get(image.label);
    if (members) members.push(image);
    else classes.set(image.label, [image]);
  }
  if (classes.size > MOST_LABELS) throw new GleanerError('import_many_labels', [`${classes.size}`, `${MOST_LABELS}`]);
  // Before anything is taken: a name that cannot be would end the import in its middle.
  for (const label of classes.keys()) checkedName(label);
  let done = 0;
  const next = (n = 1) => {
    done += n;
    tell({ done, total: images.length });
  };
  const before = new Set((await allLabels()).map(({ id }) => id));
  for (const [label, members] of classes) {
    signal.throwIfAborted();
    const { id } = await ask('createLabel', { name: label });
    if (!before.has(id)) imported.made.push(id);
    await importClass(id, members, name, imported, next, signal);
  }
}

async function importClass(
  labelId: string,
  images: FolderImage<TreeFile>[],
  name: string,
  imported: Imported,
  next: (n?: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { harvestId } = await ask('beginImport', { labelId, name, found: images.length });
  imported.harvests.push(harvestId);
  imported.labels++;
  const provenance = { engine: 'folder', query: name, pageUrl: '', harvestedAt: Date.now() };
  async function* pictures(): AsyncGenerator<StagedPicture> {
    for (const { file } of images) {
      signal.throwIfAborted();
      const blob = file.size <= IMAGE_LIMITS.bytes ? await soundBlob(file) : undefined;
      if (blob) {
        const title = file.path.slice(file.path.lastIndexOf('/') + 1);
        yield { labelId, name: title, blob, origin: { candidate: { url: '', title }, provenance, harvestId } };
      } else {
        imported.rejected = sumCounts(imported.rejected, {
          [file.size <= IMAGE_LIMITS.bytes ? 'undecodable' : 'too-large']: 1,
        });
        next();
      }
    }
  }
  let added = 0;
  const taken = async ({ stored, rejected }: TakenPictures, batch: StagedPicture[]) => {
    added += stored;
    imported.stored += stored;
    imported.rejected = sumCounts(imported.rejected, rejected);
    next(batch.length);
  };
  try {
    await stagePictures(pictures(), taken, signal);
  } finally {
    await ask('endImport', { harvestId, added, known: images.length - added });
  }
}

/** Undefined when the archive is damaged there: one image, not the whole import. */
async function soundBlob(file: TreeFile): Promise<Blob | undefined> {
  try {
    return await file.read();
  } catch (error) {
    if (error instanceof GleanerError && error.code !== 'zip_damaged') throw error;
    return undefined;
  }
}

/** Takes back what an import brought. */
export async function undoImport({ harvests, made }: Imported): Promise<void> {
  for (const harvestId of harvests) await ask('undoHarvest', { harvestId });
  await takeBackLabels(made);
}
