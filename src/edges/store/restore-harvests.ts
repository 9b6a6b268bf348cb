// Brings the harvests of a backup back under ids that mean nothing else here.
import type { IDBPTransaction } from 'idb';
import type { Harvest } from '../../contract/harvest';
import { idMadeOf } from '../../pipeline/backup/ids';
import { type Database, database, type GleanerSchema } from '../database';
import { deletedLabel } from './deleted-labels';
import { standsFor } from './merge-labels';
import type { IdMatch } from './restore';
import { isLive } from './splits';

/**
 * An id that nothing here belongs to stays as it is, and so does that of a harvest which is here already. Where a harvest or an
 * image of ours has the id, the backup's gets another, made of what the harvest is: so the same harvest gets the same id
 * whichever file it comes in, and however often.
 */
export async function restoreHarvests(wanted: Harvest[]): Promise<IdMatch[]> {
  const db = await database();
  const matches: IdMatch[] = [];
  for (const harvest of wanted) {
    let row = harvest;
    let meaning = await bring(db, row);
    while (meaning === 'other') {
      const { id, query, startedAt } = row;
      row = { ...row, id: await idMadeOf(JSON.stringify([id, query, startedAt])) };
      meaning = await bring(db, row);
    }
    matches.push({ from: harvest.id, into: row.id, made: meaning === 'none' });
  }
  return matches;
}

type Meaning = 'none' | 'same' | 'other' | 'gone';

/**
 * Puts a harvest in where its id means nothing here, under the label that stands for its own by now; gives what the id means. One
 * whose label is neither here nor in the bin stays out: everything was deleted since its label came.
 */
async function bring(db: Database, harvest: Harvest): Promise<Meaning> {
  const tx = db.transaction(['harvests', 'jobs', 'samples', 'labels', 'meta'], 'readwrite');
  const meta = tx.objectStore('meta');
  const stands = await standsFor(tx.objectStore('labels'), meta, harvest.labelId);
  const labelId = stands ?? (await deletedLabel(harvest.labelId).get(meta))?.label.id;
  if (labelId === undefined) return 'gone';
  const meaning = await meaningOf(tx, harvest);
  if (meaning === 'none') await tx.objectStore('harvests').put({ ...harvest, labelId });
  await tx.done;
  return meaning;
}

type BringingTransaction = IDBPTransaction<
  GleanerSchema,
  ('harvests' | 'jobs' | 'samples' | 'labels' | 'meta')[],
  'readwrite'
>;

/** What a harvest's id means here. */
async function meaningOf(tx: BringingTransaction, harvest: Harvest): Promise<Meaning> {
  const { id, query, startedAt } = harvest;
  const here = await tx.objectStore('harvests').get(id);
  if (here) return here.query === query && here.startedAt === startedAt ? 'same' : 'other';
  const jobs = tx.objectStore('jobs').index('byHarvest');
  if ((await jobs.getKey(IDBKeyRange.bound([id], [id, []]))) !== undefined) return 'other';
  // A harvest whose label went leaves its images to other labels, and no line in a backup.
  let cursor = await tx.objectStore('samples').index('byHarvest').openCursor(IDBKeyRange.only(id));
  for (; cursor; cursor = await cursor.continue()) if (isLive(cursor.value)) return 'other';
  return 'none';
}
