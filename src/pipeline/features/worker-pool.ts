// A pool of workers that may fail: batches from one queue, and what a failed worker had in hand is retried by the others.
import { GleanerError } from '../../contract/error';

export interface PoolWorker<Task, Result> {
  run(batch: Task[]): Promise<Result>;
  close(): void;
}

export interface PoolOptions<Task, Result> {
  /** At most; fewer where there are fewer tasks. */
  workers: number;
  /** Tasks given to a worker at a time, at most. */
  batchSize: number;
  open(): Promise<PoolWorker<Task, Result>>;
  onBatch(batch: Task[], result: Result): void;
  signal: AbortSignal;
}

/** Batches under way for each worker: the images of the second are read while those of the first are computed. */
const BATCHES_PER_WORKER = 2;

/**
 * Works all tasks off, and resolves with those that are left because every worker failed: empty when all are done. Rejects
 * at once with the signal's reason (batches under way still end), or with a `GleanerError`, which no other worker would
 * be spared.
 */
export async function runPool<Task, Result>(
  tasks: readonly Task[],
  options: PoolOptions<Task, Result>,
): Promise<Task[]> {
  const { signal } = options;
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([withRetries([...tasks], options), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** A worker that fails last leaves tasks when the queue was empty for the others: those that did not fail are opened again. */
async function withRetries<Task, Result>(queue: Task[], options: PoolOptions<Task, Result>): Promise<Task[]> {
  let workers = Math.min(options.workers, queue.length);
  const batchSize = Math.min(options.batchSize, Math.ceil(queue.length / Math.max(1, workers)));
  while (queue.length > 0 && workers > 0) {
    const runs = Array.from({ length: workers }, () => runWorker(queue, { ...options, batchSize }));
    const results = await Promise.allSettled(runs);
    options.signal.throwIfAborted();
    const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const named = failures.find(reason => reason instanceof GleanerError);
    if (named) throw named;
    workers -= failures.length;
  }
  return queue;
}

/** One worker until the queue is empty. Rejects when it fails, with its batches put back into the queue. */
async function runWorker<Task, Result>(
  queue: Task[],
  { batchSize, open, onBatch, signal }: PoolOptions<Task, Result>,
): Promise<void> {
  const worker = await open();
  const oneAfterAnother = async () => {
    while (queue.length > 0 && !signal.aborted) {
      const batch = queue.splice(0, batchSize);
      try {
        onBatch(batch, await worker.run(batch));
      } catch (error) {
        queue.unshift(...batch);
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: BATCHES_PER_WORKER }, oneAfterAnother));
  worker.close();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
