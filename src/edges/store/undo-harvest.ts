// A harvest is undone into the bin, and done again out of it: exactly what it holds, nothing the user has placed since.
import { GleanerError } from '../../contract/error';
import type { HarvestHoldings } from '../../contract/harvest';
import type { SplitRatios, UndeletedWhole } from '../../contract/sample';
import { asBefore, undone } from '../../pipeline/queue/job';
import { database } from '../database';
import { liveAgain, Places } from './bin-place';
import { deleteEmptyLabel, labelBack } from './deleted-labels';
import { holds, ofHarvest, replacedBy } from './harvest-holdings';
import { placeBefore } from './sample-changes';
import { isLive, rebalanceSplits } from './splits';

/**
 * Puts the images of a harvest into the bin and ends its downloads. An image the user has put under another label since
 * stays, and one that was deleted by hand stays deleted by hand. One that had come in the place of an image in the bin is that
 * image again. Returns how many images and waiting downloads went. Rejects
 * with 'harvest_gone', also for '', which is what the user's own images have for a harvest.
 */
export async function undoHarvest(
  harvestId: string,
  ratios: SplitRatios,
): Promise<Pick<HarvestHoldings, 'images' | 'queued'>> {
  const deletedAt = Date.now();
  const tx = (await database()).transaction(['harvests', 'jobs', 'labels', 'meta', 'samples'], 'readwrite', {
    durability: 'strict',
  });
  const harvest = harvestId === '' ? undefined : await tx.objectStore('harvests').get(harvestId);
  if (!harvest) throw new GleanerError('harvest_gone');
  const samples = tx.objectStore('samples');
  const taken = new Set<string>();
  const replaced = new Set(harvest.replaced);
  for await (const sample of ofHarvest(samples, harvestId)) {
    if (!holds(harvest, sample)) continue;
    taken.add(sample.sha256);
    const former = await placeBefore(tx.objectStore('labels'), tx.objectStore('meta'), sample);
    if (former) replaced.add(sample.sha256);
    await samples.put(former ?? { ...sample, deletedAt, deletedWithHarvest: true });
  }
  let queued = 0;
  const jobs = tx.objectStore('jobs').index('byHarvest');
  const all = IDBKeyRange.bound([harvestId], [harvestId, []]);
  for (let cursor = await jobs.openCursor(all); cursor; cursor = await cursor.continue()) {
    const job = cursor.value;
    // The address of an image that stays is still known.
    if (job.before || (job.state === 'stored' && !taken.has(job.sha256 ?? ''))) continue;
    if (job.state === 'queued') queued++;
    await tx.objectStore('jobs').put(undone(job));
  }
  await tx
    .objectStore('harvests')
    .put({ ...harvest, undone: true, ...(replaced.size > 0 && { replaced: [...replaced] }) });
  await rebalanceSplits(samples, harvest.labelId, ratios);
  await tx.done;
  return { images: taken.size, queued };
}

/**
 * Deletes the label an undone harvest brought, when nothing stands or waits under it any more; `redoHarvest` brings it back.
 * True when it went.
 */
export async function dropEmptyLabel(harvestId: string): Promise<boolean> {
  const harvest = await (await database()).get('harvests', harvestId);
  if (!harvest?.undone || !harvest.madeLabel) return false;
  return deleteEmptyLabel(harvest.labelId);
}

/**
 * Brings back what `undoHarvest` took and is still there: images, waiting downloads, and the label should it be deleted.
 * Rejects with 'harvest_gone', with 'images_gone' when all of it was deleted for good, and with 'not_in_bin' when what is left
 * of it stands elsewhere.
 */
export async function redoHarvest(harvestId: string, ratios: SplitRatios): Promise<UndeletedWhole> {
  const tx = (await database()).transaction(['harvests', 'labels', 'meta', 'jobs', 'samples'], 'readwrite', {
    durability: 'strict',
  });
  const harvest = harvestId === '' ? undefined : await tx.objectStore('harvests').get(harvestId);
  if (!harvest?.undone) throw new GleanerError('harvest_gone');
  const samples = tx.objectStore('samples');
  const places = new Places();
  const back = new Set<string>();
  const under = new Set<string>([harvest.labelId]);
  for await (const sample of ofHarvest(samples, harvestId)) {
    if (isLive(sample) || !sample.deletedWithHarvest) continue;
    back.add(sample.sha256);
    under.add(sample.labelId);
    places.note(sample);
    await samples.put(liveAgain(sample));
  }
  const jobs = tx.objectStore('jobs');
  const ended = await jobs.index('byHarvest').getAllKeys(IDBKeyRange.only([harvestId, 'rejected']));
  for await (const later of replacedBy(samples, harvest)) {
    back.add(later.sha256);
    under.add(later.labelId);
    await samples.put(later);
  }
  const labels: string[] = [];
  for (const labelId of under) {
    if ((await tx.objectStore('labels').getKey(labelId)) !== undefined) continue;
    await labelBack(tx.objectStore('labels'), tx.objectStore('meta'), labelId);
    labels.push(labelId);
  }
  let addresses = 0;
  for (const id of ended) {
    const job = await jobs.get(id);
    // What is gone for good may be collected again.
    if (!job?.before || (job.before.state === 'stored' && !back.has(job.sha256 ?? ''))) continue;
    addresses++;
    await jobs.put(asBefore(job));
  }
  if (back.size + addresses === 0) {
    tx.abort();
    await tx.done.catch(() => undefined);
    throw new GleanerError(harvest.gone ? 'images_gone' : 'not_in_bin');
  }
  const { gone = 0, replaced: _replaced, ...rest } = harvest;
  await tx.objectStore('harvests').put({ ...rest, undone: false });
  for (const labelId of under) await rebalanceSplits(samples, labelId, ratios);
  await tx.done;
  return { restored: back.size, labels, before: places.all, gone };
}
