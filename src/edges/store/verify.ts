// Reads every stored picture again; what the browser lost or damaged is counted and goes back into the queue.
import type { Job } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import { hostOf } from '../../pipeline/queue/host';
import { jobId } from '../../pipeline/queue/job';
import { database } from '../database';
import { sha256 } from '../hash';
import { everySample } from './samples';

export interface Verified {
  checked: number;
  /** Samples whose bytes are gone or cannot be read. */
  missing: number;
  /** Samples whose bytes are not those that were stored. */
  damaged: number;
  /** Of these, put back into the queue; the others were the user's own pictures and have no address. */
  requeued: number;
}

/**
 * Checks length and SHA-256 of every sample's bytes. The queue must be told to look afterwards (any message does).
 * Aborting keeps what was found so far and rejects with the signal's reason.
 */
export async function verifyCollection(
  onProgress: (checked: number, total: number) => void,
  signal: AbortSignal,
): Promise<Verified> {
  const total = await (await database()).count('samples');
  const verified: Verified = { checked: 0, missing: 0, damaged: 0, requeued: 0 };
  for await (const sample of everySample()) {
    signal.throwIfAborted();
    const state = await stateOf(sample);
    if (state !== 'sound') {
      verified[state]++;
      if (await fetchAgain(sample)) verified.requeued++;
    }
    onProgress(++verified.checked, total);
  }
  return verified;
}

async function stateOf(sample: Sample): Promise<'sound' | 'missing' | 'damaged'> {
  const row = await (await database()).get('blobs', sample.sha256).catch(() => undefined);
  if (!row) return 'missing';
  try {
    const bytes = await row.blob.arrayBuffer();
    return bytes.byteLength === sample.bytes && (await sha256(bytes)) === sample.sha256 ? 'sound' : 'damaged';
  } catch {
    return 'missing';
  }
}

/** Takes the sample out and queues its address under the label it stood under, in one transaction. */
async function fetchAgain(sample: Sample): Promise<boolean> {
  const { sha256: key, labelId, candidate, provenance, harvestId } = sample;
  const tx = (await database()).transaction(['samples', 'blobs', 'thumbnails', 'jobs'], 'readwrite', {
    durability: 'strict',
  });
  await Promise.all([
    tx.objectStore('samples').delete(key),
    tx.objectStore('blobs').delete(key),
    tx.objectStore('thumbnails').delete(key),
  ]);
  const known = URL.canParse(candidate.url);
  if (known) {
    const job: Job = {
      id: jobId(labelId, candidate.url),
      labelId,
      harvestId,
      candidate,
      provenance,
      host: hostOf(candidate.url),
      state: 'queued',
      attempts: 0,
      notBefore: Date.now(),
    };
    await tx.objectStore('jobs').put(job);
  }
  await tx.done;
  return known;
}
