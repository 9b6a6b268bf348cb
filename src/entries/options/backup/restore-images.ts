// The images of a backup: each is checked by the background like a downloaded one, and keeps what the backup says of it.
import { GleanerError } from '../../../contract/error';
import type { RestoredImage } from '../../../contract/restored-rows';
import type { Sample } from '../../../contract/sample';
import { rowsOf } from '../../../edges/store/restore';
import type { RestorableImage } from '../../../pipeline/backup/open-backup';
import { chunks } from '../../../pipeline/streams/chunks';
import type { OpenPart } from '../../workers/backup-reader';
import { type StagedImage, stageImages } from '../transfer/stage-images';
import { confirmedHere, harvestHere, type Names } from './names';
import type { Restored } from './restore-backup';

/** Images whose rows are looked up at a time. */
const BATCH = 50;

/**
 * @param confirmed  labels that addresses of the backup say images are confirmed against, by SHA-256 and as the file calls them
 * @param missing  filled with images that did not come
 */
export async function restoreImages(
  backup: OpenPart,
  names: Names,
  confirmed: ReadonlyMap<string, ReadonlySet<string>>,
  restored: Restored,
  missing: Set<string>,
  next: (n?: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const order = new Order();
  /** Only the bytes of these were missing here. */
  const mended = new Set<string>();
  /** As they lay in the bin. */
  const binned = new Map<string, Sample>();
  const fail = (sha256: string) => {
    missing.add(sha256);
    restored.damaged++;
  };
  async function* images(): AsyncGenerator<StagedImage> {
    for await (const batch of chunks(backup.images(), BATCH)) {
      const rows = await rowsOf(batch.map(({ row }) => row.sha256));
      for (const image of batch) {
        signal.throwIfAborted();
        const here = rows.get(image.row.sha256);
        const stays = here !== undefined && here.deletedAt === undefined;
        const bytes = stays && !here.lost ? undefined : await soundBytes(image);
        if (bytes) {
          if (stays) mended.add(here.sha256);
          else if (here) binned.set(here.sha256, here);
          yield await staged(image, bytes, names, confirmed, order);
        } else next();
        if (bytes === null) fail(image.row.sha256);
      }
    }
  }
  const taken = async (_counts: unknown, batch: StagedImage[]) => {
    const sha256s = batch.map(({ origin }) => origin.fromBackup?.sha256 ?? '');
    const rows = await rowsOf(sha256s);
    for (const sha256 of sha256s) {
      const row = rows.get(sha256);
      const came = row !== undefined && row.deletedAt === undefined && !row.lost;
      if (came && !mended.has(sha256)) restored.images.push(restoredImage(row, binned.get(sha256)));
      // After an abort the others were not looked at.
      else if (!came && !signal.aborted) fail(sha256);
    }
    next(batch.length);
  };
  await stageImages(images(), taken, signal);
}

/** Null when the file is damaged there: one image, not the whole backup. A lie about sizes ends the restore. */
async function soundBytes(image: RestorableImage): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await image.read();
  } catch (error) {
    if (error instanceof GleanerError && error.code === 'zip_damaged') return null;
    throw error;
  }
}

/** @param before  the row it had in the bin */
function restoredImage(row: Sample, before: Sample | undefined): RestoredImage {
  const { sha256, labelId, harvestId, addedAt, confirmedLabels } = row;
  return {
    left: { sha256, labelId, harvestId, addedAt, ...(confirmedLabels && { confirmedLabels }) },
    ...(before && { before }),
  };
}

async function staged(
  { row }: RestorableImage,
  bytes: Uint8Array<ArrayBuffer>,
  names: Names,
  confirmed: ReadonlyMap<string, ReadonlySet<string>>,
  order: Order,
): Promise<StagedImage> {
  const { labels, empty } = names;
  const { sha256, dHash, group, split, candidate, provenance } = row;
  const labelId = labels.get(row.labelId) ?? row.labelId;
  const harvestId = await harvestHere(names, row.harvestId);
  const confirmedLabels = confirmedHere(names, [...(row.confirmedLabels ?? []), ...(confirmed.get(sha256) ?? [])]);
  const addedAt = order.take(labelId, row.addedAt);
  const place = { group, split, ...(addedAt !== undefined && { addedAt }) };
  const said = confirmedLabels.length > 0 && { confirmedLabels };
  const fromBackup = { sha256, dHash, ...(empty && { place }), ...said };
  const origin = { candidate, provenance, harvestId, fromBackup };
  return { labelId, name: candidate.title ?? '', blob: new Blob([bytes]), origin };
}

/** Lists page by the time an image came, so that no two of a label may share one. */
class Order {
  private readonly taken = new Map<string, Set<number>>();
  private readonly now = Date.now();

  /** The time, or undefined where it is another's already or lies in the future: then the image comes last. */
  take(labelId: string, addedAt: number): number | undefined {
    const times = this.taken.get(labelId) ?? new Set();
    this.taken.set(labelId, times);
    if (addedAt >= this.now || times.has(addedAt)) return undefined;
    times.add(addedAt);
    return addedAt;
  }
}
