// Label conflicts in the database: found among downloads that ended as duplicates and among near-duplicates, and resolved.
import type { ConfirmedLabels, Conflict } from '../../contract/conflict';
import type { Sample } from '../../contract/sample';
import { nearConflict, sameConflict, withConfirmed } from '../../pipeline/bucket/conflicts';
import { database } from '../database';
import { isLive } from './splits';

/** Rows of duplicates read at a time. */
const DUPLICATES = 500;
/** Samples read at a time, with up to as many that groups are named after: few enough that they fit between two frames. */
const GROUPED = 200;

/** Every conflict the user has not resolved: images found for several labels, then near-duplicates under several. */
export async function openConflicts(): Promise<Conflict[]> {
  return [...(await sameConflicts()), ...(await nearConflicts())];
}

/** In the order the images came. Moving an image to the label it was found for ends its conflict. */
async function sameConflicts(): Promise<Conflict[]> {
  const tx = (await database()).transaction(['labels', 'jobs', 'samples']);
  const found = new Map<string, { sample: Sample; foundFor: string[] }>();
  for (const labelId of await tx.objectStore('labels').getAllKeys()) {
    // Their keys are all the same in the index, so only the rows' own keys can be paged by.
    const ids = await tx
      .objectStore('jobs')
      .index('byReason')
      .getAllKeys(IDBKeyRange.only([labelId, 'duplicate-of']));
    for (let at = 0; at < ids.length; at += DUPLICATES) {
      const rows = await Promise.all(ids.slice(at, at + DUPLICATES).map(id => tx.objectStore('jobs').get(id)));
      const copied = new Set(rows.flatMap(row => row?.sha256 ?? []));
      for (const sample of await Promise.all([...copied].map(sha256 => tx.objectStore('samples').get(sha256)))) {
        // What the job says of the label is of its time; the image may have moved since, so the sample has the last word.
        if (!sample || !isLive(sample) || sample.labelId === labelId) continue;
        const known = found.get(sample.sha256);
        if (known) known.foundFor.push(labelId);
        else found.set(sample.sha256, { sample, foundFor: [labelId] });
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => a.sample.addedAt - b.sample.addedAt)
    .flatMap(({ sample, foundFor }) => sameConflict(sample, foundFor) ?? []);
}

/**
 * By group and then by SHA-256. Reads only samples that share a group, page by page, so that what the background stores
 * meanwhile need not wait.
 */
async function nearConflicts(): Promise<Conflict[]> {
  const groups = new Map<string, Sample[]>();
  const add = (sample: Sample) => {
    if (!isLive(sample)) return;
    const known = groups.get(sample.group);
    if (known) known.push(sample);
    else groups.set(sample.group, [sample]);
  };
  const db = await database();
  let after: [string, string] | undefined;
  for (;;) {
    const { store } = db.transaction('samples');
    const rows = await store.index('byNearDuplicateOf').getAll(after && IDBKeyRange.lowerBound(after, true), GROUPED);
    // A group is named after one of its own, which the index lacks. It may have gone for good.
    const first = [...new Set(rows.map(row => row.group))].filter(group => group !== after?.[0]);
    for (const row of await Promise.all(first.map(group => store.get(group)))) if (row) add(row);
    for (const row of rows) add(row);
    const last = rows.at(-1);
    if (!last || rows.length < GROUPED) break;
    after = [last.group, last.sha256];
  }
  return [...groups.values()].flatMap(group => nearConflict(group) ?? []);
}

/** Writes what the user confirmed into samples, in one transaction; those that went meanwhile are passed over. */
export async function resolveConflicts(confirmed: readonly ConfirmedLabels[]): Promise<void> {
  const tx = (await database()).transaction('samples', 'readwrite', { durability: 'strict' });
  for (const { sha256, labelIds } of confirmed) {
    const sample = await tx.store.get(sha256);
    if (sample) await tx.store.put(withConfirmed(sample, labelIds));
  }
  await tx.done;
}
