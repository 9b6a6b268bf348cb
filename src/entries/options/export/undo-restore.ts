// The way back of a restore: what it brought goes, and what it changed is as it was.
import { announce } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { changeSettings } from '../../../edges/settings';
import { deleteModel } from '../../../edges/store/models';
import type { Restored } from './restore-backup';
import { takeBackLabels } from './take-back';

const ROWS = 500;

/** Takes back what a restore brought, and nothing else. */
export async function undoRestore(restored: Restored): Promise<void> {
  const { labels, images, models, harvests, addresses, replaced, binned, paused, settings } = restored;
  for (const sha256s of slices(images)) await ask('deleteSamples', { sha256s });
  for (const ids of slices(addresses)) await takeBack({ addresses: ids });
  for (const jobs of slices(replaced)) await takeBack({ replaced: jobs });
  for (const samples of slices(binned)) await takeBack({ binned: samples });
  for (const ids of slices(harvests)) await takeBack({ harvests: ids });
  await takeBackLabels(labels);
  for (const id of models) await deleteModel(id);
  if (settings) await changeSettings(settings);
  if (paused) await ask('resumeQueue', {});
  announce({ models: true, settings: true });
}

function takeBack(rows: Partial<Parameters<typeof ask<'takeBackRows'>>[1]>): Promise<void> {
  return ask('takeBackRows', { harvests: [], addresses: [], replaced: [], binned: [], ...rows });
}

function* slices<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += ROWS) yield items.slice(at, at + ROWS);
}
