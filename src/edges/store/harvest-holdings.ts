// What a harvest holds: its samples and downloads as they are now, counted for whoever thinks of undoing it.
import type { Harvest, HarvestHoldings } from '../../contract/harvest';
import type { Sample } from '../../contract/sample';
import { database } from '../database';
import { laterOf } from './bin-place';
import type { HarvestRow } from './harvests';
import { isLive } from './splits';

/** Rows read at a time. */
const PAGE = 500;

/** What undoing a harvest would take now, and what doing it again would bring back. */
export async function holdingsOf(harvest: Harvest): Promise<HarvestHoldings> {
  const tx = (await database()).transaction(['jobs', 'samples']);
  const queued = tx
    .objectStore('jobs')
    .index('byHarvest')
    .count(IDBKeyRange.only([harvest.id, 'queued']));
  const stored = tx
    .objectStore('jobs')
    .index('byHarvest')
    .count(IDBKeyRange.only([harvest.id, 'stored']));
  let [images, elsewhere, removed, deleted, rows] = [0, 0, 0, 0, 0];
  for await (const sample of ofHarvest(tx.objectStore('samples'), harvest.id)) {
    rows++;
    if (holds(harvest, sample)) images++;
    else if (isLive(sample)) elsewhere++;
    else if (sample.deletedWithHarvest) deleted++;
    else if (!sample.deletedWithLabel) removed++;
  }
  // What is deleted for good has no row any more; the job that brought it has.
  removed += Math.max(0, (await stored) - rows);
  if (harvest.undone) for await (const _ of replacedBy(tx.objectStore('samples'), harvest)) deleted++;
  return {
    images,
    elsewhere,
    removed,
    deleted,
    queued: await queued,
    cancelled: harvest.undone ? await cancelledOf(harvest) : 0,
  };
}

/** How many downloads ended when it was undone, which its return sets waiting again. */
async function cancelledOf({ id }: Harvest): Promise<number> {
  const jobs = await (await database()).getAllFromIndex('jobs', 'byHarvest', IDBKeyRange.only([id, 'rejected']));
  return jobs.filter(({ before }) => before?.state === 'queued').length;
}

/** Whether undoing takes the sample: what the user moved under another label has a place of its own. */
export function holds(harvest: Harvest, sample: Sample): boolean {
  return isLive(sample) && sample.labelId === harvest.labelId;
}

/** The images of an undone harvest whose places others in the bin have taken again, as they would come back. */
export async function* replacedBy(samples: Samples, { id, replaced = [] }: HarvestRow): AsyncGenerator<Sample> {
  for (const sha256 of replaced) {
    const there = await samples.get(sha256);
    const later = there && laterOf(there);
    if (later?.harvestId === id) yield later;
  }
}

interface Samples {
  index(name: 'byHarvest'): { getAllKeys(range: IDBKeyRange): Promise<string[]> };
  get(sha256: string): Promise<Sample | undefined>;
}

/** The samples of a harvest, which may be written while they are gone through. */
export async function* ofHarvest(samples: Samples, harvestId: string): AsyncGenerator<Sample> {
  // Their keys are all the same in the index, so only the rows' own can be paged by.
  const keys = await samples.index('byHarvest').getAllKeys(IDBKeyRange.only(harvestId));
  for (let at = 0; at < keys.length; at += PAGE) {
    const rows = await Promise.all(keys.slice(at, at + PAGE).map(sha256 => samples.get(sha256)));
    for (const row of rows) if (row) yield row;
  }
}
