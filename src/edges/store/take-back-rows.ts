// The way back of a restore among rows: each goes, or is as it was found, unless the user has done something with it since.
import type { Job } from '../../contract/job';
import type { LeftImage, RestoredAddress, RestoredImage, RestoredRows } from '../../contract/restored-rows';
import type { Sample, SplitRatios } from '../../contract/sample';
import { grouped } from '../../pipeline/bucket/near-duplicates/grouping';
import { database, type Writing } from '../database';
import { isConfirmed } from './restore';
import { isLive, rebalanceSplits } from './splits';

/**
 * Takes rows out again that a restore brought, and puts those back that it found. What was moved, confirmed or collected since
 * stays, with its address and its harvest. To be called for images first, then for addresses, then for harvests.
 */
export async function takeBackRows({ images, addresses, harvests }: RestoredRows, ratios: SplitRatios): Promise<void> {
  const tx = (await database()).transaction(['harvests', 'jobs', 'samples'], 'readwrite', { durability: 'strict' });
  const [samples, jobs] = [tx.objectStore('samples'), tx.objectStore('jobs')];
  await takeBackImages(samples, images, ratios);
  for (const address of addresses) await takeBackAddress(jobs, samples, address);
  for (const id of harvests) if (!(await holdsAnything(jobs, samples, id))) await tx.objectStore('harvests').delete(id);
  await tx.done;
}

async function takeBackImages(
  samples: Writing<'samples'>,
  images: readonly RestoredImage[],
  ratios: SplitRatios,
): Promise<void> {
  const deletedAt = Date.now();
  const labels = new Set<string>();
  for (const { left, before } of images) {
    const now = await samples.get(left.sha256);
    if (!now || !isAsLeft(now, left)) continue;
    // Near-duplicates may have joined its group since, and a group shares one split.
    if (before) await samples.put(grouped({ ...before, group: now.group, split: now.split }));
    else if (isLive(now)) await samples.put({ ...now, deletedAt });
    labels.add(now.labelId);
  }
  for (const labelId of labels) await rebalanceSplits(samples, labelId, ratios);
}

function isAsLeft(now: Sample, left: LeftImage): boolean {
  return (
    now.labelId === left.labelId &&
    now.harvestId === left.harvestId &&
    now.addedAt === left.addedAt &&
    `${now.confirmedLabels}` === `${left.confirmedLabels}`
  );
}

async function takeBackAddress(
  jobs: Writing<'jobs'>,
  samples: Writing<'samples'>,
  { left, before }: RestoredAddress,
): Promise<void> {
  const now = await jobs.get(left.id);
  if (!now || now.harvestId !== left.harvestId) return;
  if (!left.confirmed && (await isConfirmed(samples, now))) return;
  if (now.state === 'stored' && (left.state !== 'stored' || (await hasItsImage(samples, now)))) return;
  await (before ? jobs.put(before) : jobs.delete(left.id));
}

/** An image of another harvest was here before the address came. */
async function hasItsImage(samples: Writing<'samples'>, { sha256, harvestId }: Job): Promise<boolean> {
  const sample = sha256 === undefined ? undefined : await samples.get(sha256);
  return sample !== undefined && isLive(sample) && sample.harvestId === harvestId;
}

/** Whether addresses or images of the dataset are left of a harvest. */
async function holdsAnything(jobs: Writing<'jobs'>, samples: Writing<'samples'>, id: string): Promise<boolean> {
  if ((await jobs.index('byHarvest').getKey(IDBKeyRange.bound([id], [id, []]))) !== undefined) return true;
  let cursor = await samples.index('byHarvest').openCursor(IDBKeyRange.only(id));
  for (; cursor; cursor = await cursor.continue()) if (isLive(cursor.value)) return true;
  return false;
}
