// Imports folders of images, one class each, from a zip or from the disk: a harvest like others, so it can be undone.
import { GleanerError } from '../../../contract/error';
import type { Reason } from '../../../contract/job';
import { ask } from '../../../edges/messages';
import { checkedName } from '../../../pipeline/bucket/label-name';
import { OWN_LIMITS } from '../../../pipeline/download/limits';
import { MOST_LABELS } from '../../../pipeline/import/folder-choices';
import type { TreeFile } from '../../../pipeline/import/image-files';
import { sumCounts } from '../../../pipeline/queue/sum-counts';
import { type StagedCounts, type StagedImage, stageImages } from '../transfer/stage-images';
import { takeBackLabels } from '../transfer/take-back';
import type { Progress } from '../transfer/transfer';

export interface Imported extends StagedCounts {
  harvests: string[];
  /** Ids of the labels that were not there before. */
  made: string[];
  labels: number;
}

export function nothingImported(): Imported {
  return { stored: 0, rejected: {}, refused: [], harvests: [], made: [], labels: 0 };
}

/** The files a person chose as a folder; their paths begin with its name. */
export function treeOfFiles(files: File[]): TreeFile[] {
  return files.map(file => ({
    path: file.webkitRelativePath || file.name,
    size: file.size,
    read: async () => file,
    head: async most => new Uint8Array(await file.slice(0, most).arrayBuffer()),
  }));
}

/**
 * Puts every image under its label. `imported` is filled as images come, so that it is right also when the
 * signal aborts. Rejects with `import_many_labels`, with `import_gone` where everything was deleted meanwhile, or with `zip_bomb`
 * when a file turns out to be more than it said; what had come by then is the caller's to undo.
 * @param name  of the archive or folder, for the log
 */
export async function importFolders(
  classes: ReadonlyMap<string, readonly TreeFile[]>,
  name: string,
  imported: Imported,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  if (classes.size > MOST_LABELS) throw new GleanerError('import_many_labels', [`${classes.size}`, `${MOST_LABELS}`]);
  // Before anything is taken: a name that cannot be would end the import in its middle.
  for (const label of classes.keys()) checkedName(label);
  const total = [...classes.values()].reduce((sum, members) => sum + members.length, 0);
  let done = 0;
  const next = (n = 1) => {
    done += n;
    tell({ done, total });
  };
  for (const [label, members] of classes) {
    signal.throwIfAborted();
    const after = imported.harvests.at(-1);
    const { label: under, made } = await ask('labelForImport', { name: label, ...(after !== undefined && { after }) });
    if (made) imported.made.push(under.id);
    await importClass(under.id, members, name, imported, next, signal);
  }
}

async function importClass(
  labelId: string,
  images: readonly TreeFile[],
  name: string,
  imported: Imported,
  next: (n?: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { harvestId } = await ask('beginImport', { labelId, name, found: images.length });
  imported.harvests.push(harvestId);
  imported.labels++;
  const provenance = { engine: 'folder', query: name, pageUrl: '', harvestedAt: Date.now() };
  let undone = false;
  async function* staged(): AsyncGenerator<StagedImage> {
    for (const file of images) {
      signal.throwIfAborted();
      const title = file.path.slice(file.path.lastIndexOf('/') + 1);
      const refuse = (reason: Reason) => {
        imported.rejected = sumCounts(imported.rejected, { [reason]: 1 });
        imported.refused.push({ name: title, reason });
        next();
      };
      if (undone) refuse('undone');
      else if (file.size > OWN_LIMITS.bytes) refuse('too-large');
      else {
        const blob = await soundBlob(file);
        if (blob)
          yield { labelId, name: title, blob, origin: { candidate: { url: '', title }, provenance, harvestId } };
        else refuse('undecodable');
      }
    }
  }
  let added = 0;
  const taken = async ({ stored, rejected, refused }: StagedCounts, batch: StagedImage[]) => {
    added += stored;
    // What comes after need not be read to end the same.
    undone ||= rejected.undone !== undefined;
    imported.stored += stored;
    imported.rejected = sumCounts(imported.rejected, rejected);
    imported.refused.push(...refused);
    next(batch.length);
  };
  const end = () => ask('endImport', { harvestId, added, known: images.length - added });
  try {
    await stageImages(staged(), taken, signal);
  } catch (error) {
    // What ended it is told, also where a full disk takes not even this.
    await end().catch(() => undefined);
    throw error;
  }
  await end();
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
