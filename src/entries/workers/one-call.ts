// A worker for one call: started for it, and ended with it or with the signal.
import type * as Comlink from 'comlink';
import { startWorker } from './worker-bridge';

/**
 * Rejects with what the worker threw, or with the signal's reason once that is aborted.
 * @param stop  asks the worker to come to an end by itself, which then resolves the call or rejects it; without it an abort
 * ends the worker at once
 */
export async function inWorker<T, R>(
  Thread: new () => Worker,
  work: (remote: Comlink.Remote<T>) => Promise<R>,
  signal: AbortSignal,
  stop?: (remote: Comlink.Remote<T>) => Promise<unknown>,
): Promise<R> {
  if (!stop) signal.throwIfAborted();
  const { remote, terminate } = startWorker<T>(Thread);
  const onAbort = () => {
    if (stop) stop(remote).catch(() => undefined);
    else terminate();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const result = work(remote);
    // The worker hears of it after the call, and in this order.
    if (signal.aborted) onAbort();
    return await result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    terminate();
  }
}
