// Reads every stored image again and finds those the browser lost or damaged.
import type { Sample } from '../../contract/sample';
import { sha256 } from '../../formats/sha256';
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
  /** Of the missing and damaged, put into the queue; the others were the user's own images and have no address. */
  requeued: number;
}

type State = 'sound' | 'missing' | 'damaged' | 'unread';

/** What becomes of a sample that was looked at. */
export interface Marks {
  /** Its bytes are gone or are others; resolves with whether its address waits to be downloaded again. */
  lost(sha256: string): Promise<boolean>;
  /** Its bytes were lost once and are there. */
  sound(sha256: string): Promise<void>;
}

/**
 * Checks length and SHA-256 of every sample's bytes. Aborting keeps what was marked so far and rejects with the signal's
 * reason.
 */
export async function verifySamples(
  marks: Marks,
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
      if (await marks.lost(sample.sha256)) verified.requeued++;
    } else if (state === 'sound' && sample.lost) {
      await marks.sound(sample.sha256);
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
