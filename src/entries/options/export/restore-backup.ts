// Brings a backup into the project, piece by piece, so that stopping or dying at any point loses nothing and repeats nothing.
import { announce } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { changeSettings, readSettings } from '../../../edges/settings';
import { adoptFeatures } from '../../../edges/store/features';
import { bringModel, modelDates } from '../../../edges/store/models';
import { nothingHere, type RestoredRows } from '../../../edges/store/restore';
import type { BackupTables } from '../../../pipeline/export/backup/open-backup';
import type { JobRow, ProjectSettings } from '../../../pipeline/export/backup/rows';
import { chunks } from '../../../pipeline/export/chunks';
import { withBackups } from '../../workers/backup-reader';
import type { Progress } from './export-job';
import { type Names, restoreImages } from './restore-images';
import { type RestorePlan, type SettingsChoice, takenSettings } from './restore-plan';

/** What a restore brought, and with it the way back. */
export interface Restored extends RestoredRows {
  labels: string[];
  /** SHA-256 of images that were not here. */
  images: string[];
  models: string[];
  /** Images whose bytes in the file are not what they should be. */
  damaged: number;
  /** Addresses that wait to be downloaded, and whether the queue was paused for them. */
  queued: number;
  paused: boolean;
  /** As they were, where the backup changed them. */
  settings?: Partial<ProjectSettings>;
}

export function nothingRestored(): Restored {
  const rows: RestoredRows = { harvests: [], addresses: [], replaced: [], binned: [] };
  return { labels: [], images: [], models: [], ...rows, damaged: 0, queued: 0, paused: false };
}

const ROWS = 500;
const FEATURES = 64;

/**
 * Merges by content: an image that is here stays where it is. `restored` is filled as things come, so that it is right also
 * when the signal aborts and this rejects with its reason.
 */
export async function restoreBackup(
  plan: RestorePlan,
  choice: SettingsChoice,
  restored: Restored,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  // Something may have come since the plan was made.
  const empty = plan.empty && (await nothingHere());
  const ownModels = (await modelDates()).size === 0;
  if (empty) await takeSettings(takenSettings(plan, choice), restored);
  const matches = await ask('restoreLabels', { labels: plan.labels });
  restored.labels.push(...matches.filter(({ made }) => made).map(({ into }) => into));
  const names: Names = { labels: new Map(matches.map(({ from, into }) => [from, into])), harvests: new Map(), empty };
  const missing = new Set<string>();
  let done = 0;
  const next = (n = 1) => {
    done += n;
    tell({ done, total: plan.images });
  };
  await withBackups(plan.parts, signal, async backups => {
    // Before the images that belong to them: an id which they would find in use by their own images were another's.
    for (const backup of backups) await restoreHarvests(backup, names, restored, signal);
    for (const backup of backups) await restoreImages(backup, names, restored, missing, next, signal);
    for (const backup of backups) {
      await restoreFeatures(backup, restored, signal);
      await restoreAddresses(backup, names, restored, missing, signal);
      await restoreModels(backup, names, ownModels, restored, signal);
    }
  });
  announce({ models: true, settings: true, samples: true, labels: true });
}

async function takeSettings(taken: Partial<ProjectSettings>, restored: Restored): Promise<void> {
  const keys = Object.keys(taken) as (keyof ProjectSettings)[];
  if (keys.length === 0) return;
  const before = await readSettings();
  restored.settings = Object.fromEntries(keys.map(key => [key, before[key]]));
  await changeSettings(taken);
}

async function restoreHarvests(
  backup: BackupTables,
  { labels, harvests }: Names,
  restored: Restored,
  signal: AbortSignal,
): Promise<void> {
  for await (const rows of chunks(backup.harvests(), ROWS)) {
    signal.throwIfAborted();
    const under = rows.map(row => ({ ...row, labelId: labels.get(row.labelId) ?? row.labelId }));
    for (const { from, into, made } of await ask('restoreHarvests', { harvests: under })) {
      harvests.set(from, into);
      if (made) restored.harvests.push(into);
    }
  }
}

/** Only of images that came with them: what a file says of others would decide how ours are learnt. */
async function restoreFeatures(backup: BackupTables, { images }: Restored, signal: AbortSignal): Promise<void> {
  const came = new Set(images);
  for await (const batch of chunks(backup.features(), FEATURES)) {
    signal.throwIfAborted();
    await adoptFeatures(batch.filter(({ sha256 }) => came.has(sha256)));
  }
}

async function restoreAddresses(
  backup: BackupTables,
  names: Names,
  restored: Restored,
  missing: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const rows of chunks(backup.jobs(), ROWS)) {
    signal.throwIfAborted();
    const addresses = rows.map(row => renamed(row, names));
    const lost = rows.flatMap(({ sha256 }) => (sha256 && missing.has(sha256) ? [sha256] : []));
    const { added, replaced, queued, paused } = await ask('restoreAddresses', { addresses, missing: lost });
    restored.addresses.push(...added);
    restored.replaced.push(...replaced);
    restored.queued += queued;
    restored.paused ||= paused;
  }
}

/** A duplicate names the label its picture stands under. */
function renamed(row: JobRow, { labels, harvests }: Names): JobRow {
  const label = (labelId: string) => labels.get(labelId) ?? labelId;
  const harvestId = harvests.get(row.harvestId) ?? row.harvestId;
  const moved = { ...row, labelId: label(row.labelId), harvestId };
  return row.reason === 'duplicate-of' && row.detail !== undefined ? { ...moved, detail: label(row.detail) } : moved;
}

async function restoreModels(
  backup: BackupTables,
  { labels }: Names,
  own: boolean,
  restored: Restored,
  signal: AbortSignal,
): Promise<void> {
  for await (const model of backup.models()) {
    signal.throwIfAborted();
    const classes = model.labels.map(label => ({ ...label, id: labels.get(label.id) ?? label.id }));
    if (await bringModel({ ...model, labels: classes }, own)) restored.models.push(model.id);
  }
}
