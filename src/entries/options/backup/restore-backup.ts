// Brings a backup into the project, piece by piece, so that stopping or dying at any point loses nothing and repeats nothing.
import type { RestoredRows } from '../../../contract/restored-rows';
import type { ProjectSettings } from '../../../contract/settings';
import { announce } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { changeSettings } from '../../../edges/settings';
import { chooseModel, chosenModelId, modelDates } from '../../../edges/store/models';
import { nothingHere } from '../../../edges/store/restore';
import type { JobRow } from '../../../pipeline/backup/rows';
import { chunks } from '../../../pipeline/streams/chunks';
import { type OpenPart, withBackups } from '../../workers/backup-reader';
import type { Progress } from '../transfer/transfer';
import { harvestHere, labelHere, type Names } from './names';
import { restoreImages } from './restore-images';
import { chosenSettings, type RestorePlan, type SettingsChoice } from './restore-plan';

/** What a restore brought, and with it the way back. */
export interface Restored extends RestoredRows {
  labels: string[];
  models: string[];
  /** Images whose bytes in the file are not what they should be. */
  damaged: number;
  /** Models for which there were too many here. */
  noRoom: number;
  /** Addresses that wait to be downloaded, and the pause of the queue that was made for them. */
  queued: number;
  pause?: string;
  /** Where the backup changed them: as they were, and what it made of them. */
  settings?: { before: Partial<ProjectSettings>; left: Partial<ProjectSettings> };
}

export function nothingRestored(): Restored {
  return { labels: [], images: [], harvests: [], addresses: [], models: [], damaged: 0, noRoom: 0, queued: 0 };
}

const ROWS = 500;

/**
 * Merges by content: an image that is here stays where it is. `restored` is filled as things come, so that it is right also
 * when the signal aborts and this rejects with its reason. Rejects with `restore_gone` where everything was deleted meanwhile.
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
  if (empty) await takeSettings(chosenSettings(plan, choice), restored);
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
    // All parts' addresses stand in the last.
    const confirmed = await confirmedByAddresses(backups);
    for (const backup of backups) await restoreImages(backup, names, confirmed, restored, missing, next, signal);
    for (const backup of backups) {
      await backup.adoptFeatures(restored.images.map(({ left }) => left.sha256));
      await restoreAddresses(backup, names, restored, missing, signal);
      const ids = await restoreModels(backup, names, ownModels, restored, signal);
      if (plan.chosenModel !== undefined && ids.has(plan.chosenModel)) await chooseAsSaved(plan.chosenModel, ids);
    }
  });
  announce({ models: true, settings: true, samples: true, labels: true });
}

async function takeSettings(taken: Partial<ProjectSettings>, restored: Restored): Promise<void> {
  const keys = Object.keys(taken) as (keyof ProjectSettings)[];
  if (keys.length === 0) return;
  await changeSettings(before => {
    restored.settings = { before: Object.fromEntries(keys.map(key => [key, before[key]])), left: taken };
    return taken;
  });
}

async function confirmedByAddresses(backups: readonly OpenPart[]): Promise<Map<string, Set<string>>> {
  const confirmed = new Map<string, Set<string>>();
  for (const backup of backups) {
    for await (const { sha256, labelIds } of backup.confirmed()) {
      const labels = confirmed.get(sha256) ?? new Set();
      for (const id of labelIds) labels.add(id);
      confirmed.set(sha256, labels);
    }
  }
  return confirmed;
}

async function restoreHarvests(
  backup: OpenPart,
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

async function restoreAddresses(
  backup: OpenPart,
  names: Names,
  restored: Restored,
  missing: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const rows of chunks(backup.jobs(), ROWS)) {
    signal.throwIfAborted();
    const addresses = await Promise.all(rows.map(row => renamed(row, names)));
    const lost = rows.flatMap(({ sha256 }) => (sha256 && missing.has(sha256) ? [sha256] : []));
    const { came, queued, pause } = await ask('restoreAddresses', { addresses, missing: lost });
    restored.addresses.push(...came);
    restored.queued += queued;
    if (pause !== undefined) restored.pause = pause;
  }
}

/** A duplicate names the label its image stands under. */
async function renamed(row: JobRow, names: Names): Promise<JobRow> {
  const labelId = names.labels.get(row.labelId) ?? row.labelId;
  const moved = { ...row, labelId, harvestId: await harvestHere(names, row.harvestId) };
  const named = row.reason === 'duplicate-of' && row.detail !== undefined;
  return named ? { ...moved, detail: await labelHere(names, row.detail ?? '') } : moved;
}

/** Ids of the models the part holds, brought or here before. */
async function restoreModels(
  backup: OpenPart,
  names: Names,
  own: boolean,
  restored: Restored,
  signal: AbortSignal,
): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const model of backup.models()) {
    signal.throwIfAborted();
    ids.add(model.id);
    const here = model.labels.map(async label => ({ ...label, id: await labelHere(names, label.id) }));
    const classes = await Promise.all(here);
    const came = await backup.bringModel({ ...model, labels: classes }, own, [...names.labels.values()]);
    if (came === 'brought') restored.models.push(model.id);
    if (came === 'no-room') restored.noRoom++;
  }
  return ids;
}

/** Where there are no models but those of the backup, also when an earlier attempt brought some, and nobody has chosen here. */
async function chooseAsSaved(chosen: string, ofBackup: ReadonlySet<string>): Promise<void> {
  const here = await modelDates();
  const others = [...here.keys()].some(id => !ofBackup.has(id));
  if (!others && (await chosenModelId()) === undefined) await chooseModel(chosen);
}
