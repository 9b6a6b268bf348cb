// A stop of whoever hands images over: what nobody has looked at yet leaves the inbox again, so that nothing comes later.
import { withdraw } from '../../../edges/store/inbox';

/**
 * Has the background take these entries of the inbox. An abort ends that with the image that is looked at now.
 * @param ids  of the entries  @param take  resolves when the background has done with those that are left
 */
export async function withdrawnOnAbort<T>(
  ids: readonly number[],
  signal: AbortSignal,
  take: () => Promise<T>,
): Promise<T> {
  const stop = () => void withdraw(ids).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) await withdraw(ids);
    return await take();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
