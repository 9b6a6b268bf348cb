// The way back of a restore: what it brought goes, and what it changed is as it was.
import type { RestoredRows } from '../../../contract/restored-rows';
import type { ProjectSettings } from '../../../contract/settings';
import { announce } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { changeSettings } from '../../../edges/settings';
import { deleteModels } from '../../workers/delete-models';
import { takeBackLabels } from '../transfer/take-back';
import type { Restored } from './restore-backup';

const ROWS = 500;

/** Takes back what a restore brought, and nothing else: what the user has done with it since stays. */
export async function undoRestore(restored: Restored): Promise<void> {
  const { labels, images, models, harvests, addresses, pause, settings } = restored;
  for (const some of slices(images)) await takeBack({ images: some });
  for (const some of slices(addresses)) await takeBack({ addresses: some });
  for (const some of slices(harvests)) await takeBack({ harvests: some });
  await takeBackLabels(labels);
  await deleteModels(models);
  if (settings) await takeBackSettings(settings);
  if (pause !== undefined) await ask('resumeQueue', { pause });
  announce({ models: true, settings: true });
}

function takeBack(rows: Partial<RestoredRows>): Promise<void> {
  return ask('takeBackRows', { images: [], addresses: [], harvests: [], ...rows });
}

/** Those that are still what the restore made of them. */
async function takeBackSettings({ before, left }: NonNullable<Restored['settings']>): Promise<void> {
  const keys = Object.keys(before) as (keyof ProjectSettings)[];
  await changeSettings(now => {
    const same = keys.filter(key => JSON.stringify(now[key]) === JSON.stringify(left[key]));
    return Object.fromEntries(same.map(key => [key, before[key]]));
  });
}

function* slices<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += ROWS) yield items.slice(at, at + ROWS);
}
