// Reads every stored picture again; what the browser lost or damaged is marked and fetched again, and nothing is deleted.
import type { Job } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import { sha256 } from '../../formats/sha256';
import { hostOf } from '../../pipeline/queue/host';
import { addressOf, jobId } from '../../pipeline/queue/job';
import { type Database, database, onFreshConnection } from '../database';
import { everySample } from './samples';

export interface Verified {
  checked: number;
  /** Samples whose bytes are gone. */
  missing: number;
  /** Samples whose bytes are not those that were stored. */
  damaged: number;
  /** Samples the browser would not read, twice: that says nothing of their bytes. */
  unread: number;
  /** Of the missing and damaged, put into the queue; the others were the user's own pictures and have no address. */
  requeued: number;
}

type State = 'sound' | 'missing' | 'damaged' | 'unread';

/**
 * Checks length and SHA-256 of every sample's bytes. A sample whose bytes are lost keeps its row and its thumbnail until the
 * bytes are back. The queue must be told to look afterwards (any message does). Aborting keeps what was found so far and
 * rejects with the signal's reason.
 */
export async function verifyCollection(
  onProgress: (checked: number, total: number) => void,
  signal: AbortSignal,
): Promise<Verified> {
  const total = await (await database()).count('samples');
  const verified: Verified = { checked: 0, missing: 0, damaged: 0, unread: 0, requeued: 0 };
  for await (const sample of everySample()) {
    signal.throwIfAborted();
    const state = await stateOf(sample);
    if (state !== 'sound') verified[state]++;
    if (state === 'missing' || state === 'damaged') {
      if (await markLost(sample)) verified.requeued++;
    } else if (state === 'sound' && sample.lost) {
      await unmark(sample);
    }
    onProgress(++verified.checked, total);
  }
  return verified;
}

/** Bad news is believed only when a connection of its own brings it as well. */
async function stateOf(sample: Sample): Promise<State> {
  const first = await database().then(
    db => look(db, sample),
    () => 'unread' as const,
  );
  return first === 'sound' ? first : onFreshConnection(db => look(db, sample)).catch(() => 'unread' as const);
}

/** What reading a blob gives when its file is gone or was cut short, rather than busy. */
const FILE_LOST = ['NotFoundError', 'NotReadableError'];

async function look(db: Database, sample: Sample): Promise<State> {
  try {
    const row = await db.get('blobs', sample.sha256);
    if (!row) return 'missing';
    const bytes = await row.blob.arrayBuffer().catch((error: unknown) => {
      if (error instanceof DOMException && FILE_LOST.includes(error.name)) return undefined;
      throw error;
    });
    if (!bytes) return 'missing';
    return bytes.byteLength === sample.bytes && (await sha256(bytes)) === sample.sha256 ? 'sound' : 'damaged';
  } catch {
    return 'unread';
  }
}

/** Marks the sample and queues its address under the label it stands under; false when it has none. */
async function markLost({ sha256: key }: Sample): Promise<boolean> {
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

async function unmark({ sha256: key }: Sample): Promise<void> {
  const tx = (await database()).transaction('samples', 'readwrite');
  const row = await tx.store.get(key);
  if (row) {
    const { lost: _lost, ...sound } = row;
    await tx.store.put(sound);
  }
  await tx.done;
}
