// A worker for one call: started for it, and ended with it or with the signal.
import type * as Comlink from 'comlink';
import { link, type WorkerLink } from './crossing';

/**
 * Rejects with what the worker threw, or with the signal's reason once that is aborted.
 * @param cancel  what an abort does; it ends the worker at once when not said
 */
export async function inWorker<T, R>(
  Thread: new () => Worker,
  work: (remote: Comlink.Remote<T>) => Promise<R>,
  signal: AbortSignal,
  cancel = (worker: WorkerLink<T>) => worker.terminate(),
): Promise<R> {
  signal.throwIfAborted();
  const worker = link<T>(new Thread());
  const aborted = () => cancel(worker);
  signal.addEventListener('abort', aborted, { once: true });
  try {
    return await worker.call(work);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', aborted);
    worker.terminate();
  }
}
