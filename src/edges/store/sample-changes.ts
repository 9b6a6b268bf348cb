// Samples are moved, deleted into the bin and restored out of it, each with its way back.
import { GleanerError } from '../../contract/error';
import type { Job } from '../../contract/job';
import type { BinPlace, Sample, SplitRatios, Undeleted } from '../../contract/sample';
import { asBefore, jobId, undone } from '../../pipeline/queue/job';
import { database, type Writing } from '../database';
import { formerOf, laterOf, liveAgain, Places } from './bin-place';
import { deletedLabel, labelBack } from './deleted-labels';
import { isLive, rebalanceSplits } from './splits';

/**
 * Puts samples under another label; returns how many there were. Their group and split stay, except where the label would
 * lack a split. What lies in the bin stays as it is. Rejects with 'label_gone'.
 */
export async function moveSamples(sha256s: string[], labelId: string, ratios: SplitRatios): Promise<number> {
  const tx = (await database()).transaction(['labels', 'samples'], 'readwrite', { durability: 'strict' });
  // Under a label that is gone nobody would find them again.
  if ((await tx.objectStore('labels').getKey(labelId)) === undefined) throw new GleanerError('label_gone');
  const moved = await change(tx.objectStore('samples'), sha256s, ratios, sample =>
    isLive(sample) ? { ...sample, labelId } : undefined,
  );
  await tx.done;
  return moved;
}

/**
 * Takes samples out of the dataset; their bytes stay for `undeleteSamples`, and their addresses stay known.
 * Returns those that were in the dataset.
 * @param asBefore  one that had taken the place of an image in the bin goes back to be that image
 */
export async function deleteSamples(
  sha256s: string[],
  ratios: SplitRatios,
  { asBefore = false } = {},
): Promise<string[]> {
  const deleted: string[] = [];
  const deletedAt = Date.now();
  const tx = (await database()).transaction(['labels', 'meta', 'samples'], 'readwrite', { durability: 'strict' });
  await change(tx.objectStore('samples'), sha256s, ratios, async sample => {
    if (!isLive(sample)) return undefined;
    deleted.push(sample.sha256);
    const former = asBefore ? await placeBefore(tx.objectStore('labels'), tx.objectStore('meta'), sample) : undefined;
    return former ?? { ...sample, deletedAt };
  });
  await tx.done;
  return deleted;
}

/** The image of the bin whose place a sample has taken, if its label is there or can come back. */
export async function placeBefore(
  labels: Writing<'labels'>,
  meta: Writing<'meta'>,
  sample: Sample,
): Promise<Sample | undefined> {
  const former = formerOf(sample);
  if (!former) return undefined;
  const known = (await labels.getKey(former.labelId)) ?? (await deletedLabel(former.labelId).get(meta));
  return known === undefined ? undefined : former;
}

/**
 * Takes a restoring back: images that are live lie in the bin again as they lay there, and the addresses of those whose
 * harvest is undone may be collected again.
 */
export async function rebinSamples(places: readonly BinPlace[], ratios: SplitRatios): Promise<void> {
  const tx = (await database()).transaction(['samples', 'jobs'], 'readwrite', { durability: 'strict' });
  for (const { sha256s, ...mark } of places) {
    await change(tx.objectStore('samples'), sha256s, ratios, async sample => {
      if (!isLive(sample)) return undefined;
      const job = mark.deletedWithHarvest && (await jobOf(tx.objectStore('jobs'), sample));
      if (job?.state === 'stored' && job.harvestId === sample.harvestId) await tx.objectStore('jobs').put(undone(job));
      return { ...sample, ...mark };
    });
  }
  await tx.done;
}

/**
 * Brings deleted samples back, and with them labels that are deleted; those that are gone for good are passed over.
 * @param asBefore  one whose place another image had taken until that was undone becomes that image again
 */
export async function undeleteSamples(
  sha256s: string[],
  ratios: SplitRatios,
  { asBefore = false } = {},
): Promise<Undeleted> {
  const tx = (await database()).transaction(['labels', 'meta', 'samples', 'jobs'], 'readwrite', {
    durability: 'strict',
  });
  const samples = tx.objectStore('samples');
  const live = new Set(await tx.objectStore('labels').getAllKeys());
  const labels: string[] = [];
  const places = new Places();
  const restored = await change(samples, sha256s, ratios, async there => {
    const sample = (asBefore && laterOf(there)) || there;
    if (!live.has(sample.labelId)) {
      await labelBack(tx.objectStore('labels'), tx.objectStore('meta'), sample.labelId);
      live.add(sample.labelId);
      labels.push(sample.labelId);
    }
    places.note(there);
    if (sample.deletedWithHarvest) await addressBack(tx.objectStore('jobs'), sample);
    return liveAgain(sample);
  });
  await tx.done;
  return { restored, labels, before: places.all };
}

/** The address of a sample whose harvest was undone is known again. */
async function addressBack(jobs: Writing<'jobs'>, sample: Sample): Promise<void> {
  const job = await jobOf(jobs, sample);
  if (job?.before) await jobs.put(asBefore(job));
}

async function jobOf(jobs: Writing<'jobs'>, { labelId, candidate }: Sample): Promise<Job | undefined> {
  return URL.canParse(candidate.url) ? jobs.get(jobId(labelId, candidate.url)) : undefined;
}

/** Writes those of the samples anew that are there and to be changed; returns how many. */
async function change(
  samples: Writing<'samples'>,
  sha256s: readonly string[],
  ratios: SplitRatios,
  to: (sample: Sample) => Sample | undefined | Promise<Sample | undefined>,
): Promise<number> {
  const labels = new Set<string>();
  let count = 0;
  for (const sha256 of sha256s) {
    const sample = await samples.get(sha256);
    if (!sample) continue;
    const changed = await to(sample);
    if (!changed) continue;
    await samples.put(changed);
    labels.add(sample.labelId).add(changed.labelId);
    count++;
  }
  for (const labelId of labels) await rebalanceSplits(samples, labelId, ratios);
  return count;
}
