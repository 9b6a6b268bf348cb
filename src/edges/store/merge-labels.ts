// Two labels made one.
import { GleanerError } from '../../contract/error';
import type { Job } from '../../contract/job';
import { database } from '../database';
import { drain } from './drain';

/** Puts everything of one label under another and removes the first. Where both know an address, the better end wins. */
export async function mergeLabels(from: string, into: string): Promise<void> {
  if (from === into) return;
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'harvests'], 'readwrite', {
    durability: 'strict',
  });
  const labels = tx.objectStore('labels');
  if (!(await labels.get(from)) || !(await labels.get(into))) throw new GleanerError('label_gone');
  await labels.delete(from);
  const samples = tx.objectStore('samples');
  const range = IDBKeyRange.bound([from], [from, []]);
  await drain(samples.index('byLabel'), range, sample => samples.put({ ...sample, labelId: into }));
  const jobs = tx.objectStore('jobs');
  await drain(jobs.index('byLabel'), range, async job => {
    await jobs.delete(job.id);
    const moved: Job = { ...job, id: into + job.id.slice(from.length), labelId: into };
    const known = await jobs.get(moved.id);
    if (!known || RANK[known.state] < RANK[moved.state]) await jobs.put(moved);
  });
  for (let cursor = await tx.objectStore('harvests').openCursor(); cursor; cursor = await cursor.continue()) {
    if (cursor.value.labelId === from) await cursor.update({ ...cursor.value, labelId: into });
  }
  await tx.done;
}
const RANK: Record<Job['state'], number> = { rejected: 0, queued: 1, stored: 2 };
