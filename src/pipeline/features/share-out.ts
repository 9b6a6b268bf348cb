// Shares work out among workers that may fail, from one queue: what a failed one had in hand, the others do.
import { GleanerError } from '../../contract/error';

export interface Hand<Task, Done> {
  work(batch: Task[]): Promise<Done>;
  close(): void;
}

export interface Sharing<Task, Done> {
  /** Workers at most, and tasks given to one at a time. */
  workers: number;
  size: number;
  open(): Promise<Hand<Task, Done>>;
  onBatch(batch: Task[], done: Done): void;
  signal: AbortSignal;
}

/** Batches under way for each worker: the pictures of the second are read while those of the first are computed. */
const LANES = 2;

/**
 * Resolves with what could not be done because every worker failed: empty when all is done. Rejects at once with the
 * signal's reason (batches under way still end), or with a `GleanerError`, which no other worker would be spared.
 */
export async function shareOut<Task, Done>(tasks: readonly Task[], sharing: Sharing<Task, Done>): Promise<Task[]> {
  const { signal } = sharing;
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([inRounds([...tasks], sharing), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** A worker that fails late leaves tasks when the others have gone home already: those who held out come again. */
async function inRounds<Task, Done>(left: Task[], sharing: Sharing<Task, Done>): Promise<Task[]> {
  let hands = Math.min(sharing.workers, left.length);
  const size = Math.min(sharing.size, Math.ceil(left.length / Math.max(1, hands)));
  while (left.length > 0 && hands > 0) {
    const results = await Promise.allSettled(Array.from({ length: hands }, () => oneHand(left, size, sharing)));
    sharing.signal.throwIfAborted();
    const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const named = failures.find(reason => reason instanceof GleanerError);
    if (named) throw named;
    hands -= failures.length;
  }
  return left;
}

async function oneHand<Task, Done>(left: Task[], size: number, { open, onBatch, signal }: Sharing<Task, Done>) {
  const hand = await open();
  const lane = async () => {
    while (left.length > 0 && !signal.aborted) {
      const batch = left.splice(0, size);
      try {
        onBatch(batch, await hand.work(batch));
      } catch (error) {
        left.unshift(...batch);
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  hand.close();
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}
