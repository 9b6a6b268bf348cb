// Samples whose bytes the browser lost or damaged: marked, and fetched again; nothing is deleted.
import type { Job } from '../../contract/job';
import { hostOf } from '../../pipeline/queue/host';
import { addressOf, jobId } from '../../pipeline/queue/job';
import { database } from '../database';

/**
 * Marks the sample and queues its address under the label it stands under; false when it has none. It keeps its row and its
 * thumbnail until the bytes are back.
 */
export async function markLost(key: string): Promise<boolean> {
  const tx = (await database()).transaction(['samples', 'jobs'], 'readwrite', { durability: 'strict' });
  const sample = await tx.objectStore('samples').get(key);
  // Deleted, or gone for good, while it was read.
  if (!sample || sample.deletedAt !== undefined) return false;
  await tx.objectStore('samples').put({ ...sample, lost: true });
  const { labelId, candidate, provenance, harvestId } = sample;
  const known = URL.canParse(candidate.url);
  if (known) {
    const id = jobId(labelId, candidate.url);
    // What was downloaded from a further address is asked of that one again.
    const passed = (await tx.objectStore('jobs').get(id))?.passed;
    const at = { candidate, ...(passed && { passed }) };
    const job: Job = {
      id,
      labelId,
      harvestId,
      ...at,
      provenance,
      host: hostOf(addressOf(at)),
      state: 'queued',
      attempts: 0,
      notBefore: Date.now(),
    };
    await tx.objectStore('jobs').put(job);
  }
  await tx.done;
  return known;
}

export async function markSound(key: string): Promise<void> {
  const tx = (await database()).transaction('samples', 'readwrite');
  const row = await tx.store.get(key);
  if (row) {
    const { lost: _lost, ...sound } = row;
    await tx.store.put(sound);
  }
  await tx.done;
}
