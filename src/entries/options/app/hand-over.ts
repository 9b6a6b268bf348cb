// Images on their way from a page into the dataset: through the inbox, out of which the background takes them.
import { GleanerError } from '../../../contract/error';
import type { Answer } from '../../../contract/messages';
import { amongOthers } from '../../../edges/locks';
import { ask } from '../../../edges/messages';
import { withdraw } from '../../../edges/store/inbox';
import { isStorageFailure } from '../../../edges/store/storage-failure';

/**
 * Has the background take images. What it has not looked at when it is aborted, fails or finds the storage full leaves the inbox
 * again, so that nothing comes later of which the page says that it did not come. `full` tells of such a storage; what was
 * stored by then stays. An abort ends with the image that is looked at now.
 * @param put  lays the images down in the inbox
 */
export function handOver(put: () => Promise<number[]>, signal: AbortSignal): Promise<Answer<'takeInbox'>> {
  return amongOthers('inbox', async () => {
    const ids = await put().catch((error: unknown) => {
      if (isStorageFailure(error)) return undefined;
      throw error;
    });
    if (!ids) return { stored: [], rejected: {}, refused: [], full: true };
    const takeBack = () => withdraw(ids).catch(() => undefined);
    const stop = () => void takeBack();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) await withdraw(ids);
      const taken = await ask('takeInbox', { ids });
      if (taken.full) await takeBack();
      return taken;
    } catch (error) {
      await takeBack();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  });
}

const FULL = 'inbox_full';

/** Ends what hands images over where the storage is full. */
export function throwIfFull({ full }: Answer<'takeInbox'>): void {
  if (full) throw new GleanerError(FULL);
}

/** Whether it ended so: then what came by then stays, as after an abort. */
export function isFull(error: unknown): boolean {
  return error instanceof GleanerError && error.code === FULL;
}
