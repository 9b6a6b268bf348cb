// A worker for one call: started for it, and ended with it or with the signal.
import type * as Comlink from 'comlink';
import { type RunningWorker, startWorker } from './worker-bridge';

/**
 * Rejects with what the worker threw, or with the signal's reason once that is aborted.
 * @param onAbort  asks the worker to come to an end by itself, which then resolves the call or rejects it; without it an abort
 * ends the worker at once
 */
export async function inWorker<T, R>(
  Thread: new () => Worker,
  work: (remote: Comlink.Remote<T>) => Promise<R>,
  signal: AbortSignal,
  onAbort?: (worker: RunningWorker<T>) => void,
): Promise<R> {
  if (!onAbort) signal.throwIfAborted();
  const worker = startWorker<T>(Thread);
  const aborted = () => (onAbort ? onAbort(worker) : worker.terminate());
  signal.addEventListener('abort', aborted, { once: true });
  try {
    const result = work(worker.remote);
    // One that is to end by itself hears of the abort after the call it ends.
    if (signal.aborted) aborted();
    return await result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', aborted);
    worker.terminate();
  }
}
