// Two labels made one, with what is needed to make them two again.
import { GleanerError } from '../../contract/error';
import type { Job } from '../../contract/job';
import type { Label } from '../../contract/label';
import type { SplitRatios } from '../../contract/sample';
import { labelsWith, labelsWithout, withConfirmed } from '../../pipeline/bucket/conflicts';
import { database, type Writing } from '../database';
import { putBack } from './deleted-labels';
import { drain } from './drain';
import { ofHarvest } from './harvest-holdings';
import { isLive, labelRange, rebalanceSplits } from './splits';

/** What a merge leaves for its undoing, kept in `meta`. */
interface Merged {
  label: Label;
  into: string;
  sha256s: string[];
  harvests: string[];
  /** Images confirmed against the other label because they had been against this one. */
  confirmed?: string[];
}
/** Where in `meta` that is, the earliest first. */
const mergedKey = (at: number | string, labelId: string) => `${MERGED}${`${at}`.padStart(DIGITS, '0')}:${labelId}`;
const mergedAt = (key: string) => Number(key.slice(MERGED.length, MERGED.length + DIGITS));
const MERGED = 'merged-label:';
const DIGITS = 16;
const ALL = () => IDBKeyRange.bound('merged-label:', 'merged-label:\uffff');
/** Merges that can be undone: as many as steps are kept. */
const KEPT = 50;

/**
 * The label that stands for this one: itself, or the one it was merged into; undefined where neither is there. For what named a
 * label before it was merged and comes after.
 */
export async function standsFor(
  labels: { getKey(id: string): Promise<string | undefined> },
  meta: { getAllKeys(range: IDBKeyRange): Promise<string[]>; get(key: string): Promise<unknown> },
  labelId: string,
): Promise<string | undefined> {
  const passed = new Set<string>();
  for (let id: string | undefined = labelId; id !== undefined && !passed.has(id); ) {
    if ((await labels.getKey(id)) !== undefined) return id;
    passed.add(id);
    const key = await latestMerge(meta, id);
    id = key === undefined ? undefined : ((await meta.get(key)) as Merged).into;
  }
  return undefined;
}

async function latestMerge(
  meta: { getAllKeys(range: IDBKeyRange): Promise<string[]> },
  labelId: string,
): Promise<string | undefined> {
  return (await meta.getAllKeys(ALL())).findLast(key => key.endsWith(`:${labelId}`));
}

/** Puts everything of one label under another and removes the first. Where both know an address, the better end wins. */
export async function mergeLabels(from: string, into: string): Promise<void> {
  if (from === into) return;
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'harvests', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const labels = tx.objectStore('labels');
  const label = await labels.get(from);
  if (!label || !(await labels.get(into))) throw new GleanerError('label_gone');
  await labels.delete(from);
  const merged: Merged = { label, into, sha256s: [], harvests: [] };
  const samples = tx.objectStore('samples');
  await drain(samples.index('byLabel'), labelRange(from), sample => {
    merged.sha256s.push(sample.sha256);
    // In the bin it goes on to say what it was deleted from.
    const from = isLive(sample) ? {} : { deletedFrom: sample.deletedFrom ?? label.name };
    return samples.put({ ...sample, labelId: into, ...from });
  });
  const confirmed = new Set<string>();
  await drain(tx.objectStore('jobs').index('byLabel'), labelRange(from), async job => {
    if (await confirmAlso(samples, job, into)) confirmed.add(job.sha256 ?? '');
    await putUnder(tx.objectStore('jobs'), job, into);
  });
  for (let cursor = await tx.objectStore('harvests').openCursor(); cursor; cursor = await cursor.continue()) {
    if (cursor.value.labelId !== from) continue;
    merged.harvests.push(cursor.value.id);
    await cursor.update({ ...cursor.value, labelId: into });
  }
  const meta = tx.objectStore('meta');
  await meta.put({ ...merged, confirmed: [...confirmed] } satisfies Merged, mergedKey(Date.now(), from));
  for (const key of (await meta.getAllKeys(ALL())).slice(0, -KEPT)) await meta.delete(key);
  await tx.done;
}

/**
 * Makes a merged label again, with its harvests, what these have brought since, and those of its images that still stand where the
 * merge put them. Rejects with 'label_gone' when nothing is known of it.
 */
export async function unmergeLabel(labelId: string, ratios: SplitRatios): Promise<void> {
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'harvests', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const meta = tx.objectStore('meta');
  const key = await latestMerge(meta, labelId);
  const merged = key === undefined ? undefined : ((await meta.get(key)) as Merged);
  if (key === undefined || !merged) {
    // Undone already by another page, or never done by one that was closed.
    if ((await tx.objectStore('labels').getKey(labelId)) !== undefined) return;
    throw new GleanerError('label_gone');
  }
  await meta.delete(key);
  if ((await tx.objectStore('labels').getKey(labelId)) === undefined)
    await putBack(tx.objectStore('labels'), merged.label);
  const samples = tx.objectStore('samples');
  for (const sha256 of merged.sha256s) {
    const sample = await samples.get(sha256);
    if (sample?.labelId !== merged.into) continue;
    const { deletedFrom, ...row } = sample;
    const earlier = deletedFrom === undefined || deletedFrom === merged.label.name ? {} : { deletedFrom };
    await samples.put({ ...row, ...earlier, labelId });
  }
  for (const sha256 of merged.confirmed ?? []) {
    const sample = await samples.get(sha256);
    if (sample) await samples.put(withConfirmed(sample, labelsWithout(sample.confirmedLabels, [merged.into])));
  }
  const jobs = tx.objectStore('jobs');
  for (const harvestId of merged.harvests) {
    const harvest = await tx.objectStore('harvests').get(harvestId);
    if (harvest?.labelId !== merged.into) continue;
    await tx.objectStore('harvests').put({ ...harvest, labelId });
    for await (const sample of ofHarvest(samples, harvestId))
      if (sample.labelId === merged.into && sample.addedAt >= mergedAt(key)) await samples.put({ ...sample, labelId });
    for (const id of await jobs.index('byHarvest').getAllKeys(IDBKeyRange.bound([harvestId], [harvestId, []]))) {
      const job = await jobs.get(id);
      if (job?.labelId === merged.into) await putUnder(jobs, job, labelId);
    }
  }
  for (const id of [labelId, merged.into]) await rebalanceSplits(samples, id, ratios);
  await tx.done;
}

/**
 * A copy that was found for one label is found for another from now on: what the user confirmed of its image holds on. Whether
 * that had to be written.
 */
async function confirmAlso(
  samples: Writing<'samples'>,
  { reason, sha256, labelId }: Job,
  into: string,
): Promise<boolean> {
  const sample = reason === 'duplicate-of' && sha256 !== undefined ? await samples.get(sha256) : undefined;
  const labelIds = sample?.confirmedLabels;
  if (!sample || !labelIds?.includes(labelId) || labelIds.includes(into)) return false;
  await samples.put(withConfirmed(sample, labelsWith(labelIds, [into])));
  return true;
}

/** Puts a job under another label; where that knows the address, the better end wins. */
async function putUnder(jobs: Writing<'jobs'>, job: Job, labelId: string): Promise<void> {
  await jobs.delete(job.id);
  const moved: Job = { ...job, id: labelId + job.id.slice(job.labelId.length), labelId };
  const known = await jobs.get(moved.id);
  if (!known || RANK[known.state] < RANK[moved.state]) await jobs.put(moved);
}
const RANK: Record<Job['state'], number> = { rejected: 0, queued: 1, stored: 2 };
