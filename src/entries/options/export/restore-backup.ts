// Brings a backup into the project, piece by piece, so that stopping or dying at any point loses nothing and repeats nothing.
import { GleanerError } from '../../../contract/error';
import { announce } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { changeSettings } from '../../../edges/settings';
import { adoptFeatures } from '../../../edges/store/features';
import { allModels, deleteModel, saveModel } from '../../../edges/store/models';
import { labelsOf } from '../../../edges/store/restore';
import type { Backup, RestorableImage } from '../../../pipeline/export/backup/open-backup';
import type { JobRow } from '../../../pipeline/export/backup/rows';
import { chunks } from '../../../pipeline/export/chunks';
import type { Progress } from './export-job';
import type { RestorePlan } from './restore-plan';
import { type StagedPicture, stagePictures } from './stage-pictures';

/** What a restore brought, and with it the way back. */
export interface Restored {
  labels: string[];
  images: string[];
  addresses: string[];
  models: string[];
  /** Images whose bytes in the file are not what they should be. */
  damaged: number;
  /** Addresses that wait to be downloaded. */
  queued: number;
}

export function nothingRestored(): Restored {
  return { labels: [], images: [], addresses: [], models: [], damaged: 0, queued: 0 };
}

const ROWS = 500;
const FEATURES = 64;

/**
 * Merges by content: an image that is here stays where it is. `restored` is filled as things come, so that it is right also
 * when the signal aborts and this rejects with its reason.
 */
export async function restoreBackup(
  plan: RestorePlan,
  restored: Restored,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const [first] = plan.backups;
  if (plan.empty && first) await changeSettings(first.manifest.settings);
  const matches = await ask('restoreLabels', { labels: plan.labels });
  restored.labels.push(...matches.filter(({ made }) => made).map(({ into }) => into));
  const into = new Map(matches.map(match => [match.from, match.into]));
  const label = (labelId: string) => into.get(labelId) ?? labelId;
  const missing = new Set<string>();
  let done = 0;
  const next = (n = 1) => {
    done += n;
    tell({ done, total: plan.images });
  };
  for (const backup of plan.backups) await restoreImages(backup, label, plan.empty, restored, missing, next, signal);
  for (const backup of plan.backups) {
    await restoreFeatures(backup, signal);
    await restoreAddresses(backup, label, restored, missing, signal);
    await restoreModels(backup, restored, signal);
  }
  announce({ models: true, settings: true, samples: true, labels: true });
}

/** Takes back what a restore brought, and nothing else. */
export async function undoRestore({ labels, images, addresses, models }: Restored): Promise<void> {
  for (const sha256s of slices(images)) await ask('deleteSamples', { sha256s });
  for (const ids of slices(addresses)) await ask('forgetAddresses', { ids });
  for (const labelId of labels) await ask('deleteLabel', { labelId });
  for (const id of models) await deleteModel(id);
  announce({ models: true });
}

async function restoreImages(
  backup: Backup,
  label: (labelId: string) => string,
  empty: boolean,
  restored: Restored,
  missing: Set<string>,
  next: (n?: number) => void,
  signal: AbortSignal,
): Promise<void> {
  async function* pictures(): AsyncGenerator<StagedPicture> {
    for await (const image of backup.images()) {
      const { sha256 } = image.row;
      const bytes = (await labelsOf([sha256])).has(sha256) ? undefined : await soundBytes(image);
      if (bytes) yield staged(image, bytes, label, empty);
      else next();
      if (bytes === null) {
        missing.add(sha256);
        restored.damaged++;
      }
    }
  }
  const taken = async (_counts: unknown, batch: StagedPicture[]) => {
    const sha256s = batch.map(({ origin }) => origin.kept?.sha256 ?? '');
    const present = await labelsOf(sha256s);
    for (const sha256 of sha256s) {
      if (present.has(sha256)) restored.images.push(sha256);
      else {
        missing.add(sha256);
        restored.damaged++;
      }
    }
    next(batch.length);
  };
  await stagePictures(pictures(), taken, signal);
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

function staged(
  { row }: RestorableImage,
  bytes: Uint8Array<ArrayBuffer>,
  label: (labelId: string) => string,
  empty: boolean,
): StagedPicture {
  const { sha256, dHash, group, split, addedAt, candidate, provenance, harvestId } = row;
  // In code-unit order, as it was written: ids of labels found by their names differ.
  const rightUnder = row.rightUnder?.map(label).sort();
  const kept = { sha256, dHash, ...(empty && { place: { group, split, addedAt } }), ...(rightUnder && { rightUnder }) };
  const origin = { candidate, provenance, harvestId, kept };
  return { labelId: label(row.labelId), name: candidate.title ?? '', blob: new Blob([bytes]), origin };
}

async function restoreFeatures(backup: Backup, signal: AbortSignal): Promise<void> {
  for await (const batch of chunks(backup.features(), FEATURES)) {
    signal.throwIfAborted();
    await adoptFeatures(batch);
  }
}

async function restoreAddresses(
  backup: Backup,
  label: (labelId: string) => string,
  restored: Restored,
  missing: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const put = async (rows: Omit<Parameters<typeof ask<'restoreRows'>>[1], 'missing'>) => {
    signal.throwIfAborted();
    const lost = rows.addresses.flatMap(({ sha256 }) => (sha256 && missing.has(sha256) ? [sha256] : []));
    const { added, queued } = await ask('restoreRows', { ...rows, missing: lost });
    restored.addresses.push(...added);
    restored.queued += queued;
  };
  for await (const rows of chunks(backup.harvests(), ROWS)) {
    await put({ harvests: rows.map(row => ({ ...row, labelId: label(row.labelId) })), addresses: [] });
  }
  for await (const rows of chunks(backup.jobs(), ROWS)) {
    await put({ harvests: [], addresses: rows.map(row => underLabels(row, label)) });
  }
}

/** A duplicate names the label its picture stands under. */
function underLabels(row: JobRow, label: (labelId: string) => string): JobRow {
  const moved = { ...row, labelId: label(row.labelId) };
  return row.reason === 'duplicate-of' && row.detail !== undefined ? { ...moved, detail: label(row.detail) } : moved;
}

async function restoreModels(backup: Backup, restored: Restored, signal: AbortSignal): Promise<void> {
  const here = new Set((await allModels()).map(({ id }) => id));
  for await (const model of backup.models()) {
    signal.throwIfAborted();
    if (here.has(model.id)) continue;
    await saveModel(model);
    restored.models.push(model.id);
  }
}

function* slices<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += ROWS) yield items.slice(at, at + ROWS);
}
