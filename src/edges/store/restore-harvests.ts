// Brings the harvests of a backup back under ids that mean nothing else here.
import type { Harvest } from '../../contract/harvest';
import { idMadeOf } from '../../pipeline/backup/ids';
import { type Database, database } from '../database';
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
    let meaning = await meaningOf(db, row);
    while (meaning === 'other') {
      const { id, query, startedAt } = row;
      row = { ...row, id: await idMadeOf(JSON.stringify([id, query, startedAt])) };
      meaning = await meaningOf(db, row);
    }
    matches.push({ from: harvest.id, into: row.id, made: meaning === 'none' });
    if (meaning === 'none') await db.put('harvests', row);
  }
  return matches;
}

/** What a harvest's id means here. */
async function meaningOf(db: Database, harvest: Harvest): Promise<'none' | 'same' | 'other'> {
  const { id, query, startedAt } = harvest;
  const tx = db.transaction(['harvests', 'jobs', 'samples']);
  const here = await tx.objectStore('harvests').get(id);
  if (here) return here.query === query && here.startedAt === startedAt ? 'same' : 'other';
  const jobs = tx.objectStore('jobs').index('byHarvest');
  if ((await jobs.getKey(IDBKeyRange.bound([id], [id, []]))) !== undefined) return 'other';
  // A harvest whose label went leaves its images to other labels, and no line in a backup.
  let cursor = await tx.objectStore('samples').index('byHarvest').openCursor(IDBKeyRange.only(id));
  for (; cursor; cursor = await cursor.continue()) if (isLive(cursor.value)) return 'other';
  return 'none';
}
