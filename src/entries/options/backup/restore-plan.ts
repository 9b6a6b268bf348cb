// What a backup would bring into this project, read without changing anything, so that a person can decide.

import type { ProjectSettings } from '../../../contract/settings';
import { readSettings } from '../../../edges/settings';
import { chosenModelId, modelDates } from '../../../edges/store/models';
import { nothingHere } from '../../../edges/store/restore';
import type { Inspected } from '../../workers/backup.worker';
import { inspectBackups } from '../../workers/backup-reader';

export interface RestorePlan extends Inspected {
  name: string;
  /** The project is empty: splits and order come back exactly as they were, and settings where the user says so. */
  empty: boolean;
  /** Settings of the backup that are others than those here; only an empty project may take them. */
  otherSettings: Partial<ProjectSettings>;
  /** The model that answers here now, where one of the backup will instead: ms since the epoch. */
  replacedModel?: number;
}

/** What of the settings the user takes from the backup. */
export interface SettingsChoice {
  settings: boolean;
  /** To collect what asks not to be trained with; asked for by itself. */
  optOuts: boolean;
}

/** Opens and checks the files of one backup. Rejects with the reason when any of them is refused. */
export async function planRestore(files: File[], signal: AbortSignal): Promise<RestorePlan> {
  const inspected = await inspectBackups(files, signal);
  const empty = await nothingHere();
  const ours = [...(await modelDates()).values()].at(-1);
  const replaced = ours !== undefined && (inspected.newestModel ?? 0) >= ours && (await chosenModelId()) === undefined;
  return {
    ...inspected,
    name: files.map(file => file.name).join(', '),
    empty,
    otherSettings: empty ? differing(inspected.settings, await readSettings()) : {},
    ...(replaced ? { replacedModel: ours } : {}),
  };
}

/** The settings a plan brings, as far as the user takes them. */
export function chosenSettings(
  { otherSettings }: RestorePlan,
  { settings, optOuts }: SettingsChoice,
): Partial<ProjectSettings> {
  const { honourOptOut, ...others } = otherSettings;
  const careless = honourOptOut === false;
  return {
    ...(settings ? others : {}),
    ...(honourOptOut !== undefined && (careless ? optOuts : settings) ? { honourOptOut } : {}),
  };
}

function differing(theirs: ProjectSettings, ours: ProjectSettings): Partial<ProjectSettings> {
  const keys = Object.keys(theirs) as (keyof ProjectSettings)[];
  const other = keys.filter(key => JSON.stringify(theirs[key]) !== JSON.stringify(ours[key]));
  return Object.fromEntries(other.map(key => [key, theirs[key]]));
}
