// Joins the near-duplicates the backbone finds, so that no copy of an image one trains with is held out.
import type { BackendName } from '../../contract/features';
import { ask } from '../../edges/messages';
import { onNextBackend } from './fallbacks';
import type { NearDuplicatesWorker } from './near-duplicates.worker';
import NearDuplicatesThread from './near-duplicates.worker?worker';
import { inWorker } from './one-call';

/** Pairs handed to the background at a time, each time one transaction. */
const BATCH = 500;

/**
 * Compares all images by their features and has the groups of near-duplicates joined. Rejects with the signal's reason; what
 * was joined by then stays, and the next training joins the rest.
 */
export async function joinNearDuplicates(
  backboneId: string,
  backend: BackendName,
  sha256s: string[],
  signal: AbortSignal,
): Promise<void> {
  const pairs = await onNextBackend(backend, name =>
    inWorker<NearDuplicatesWorker, [string, string][]>(
      NearDuplicatesThread,
      remote => remote.pairs(backboneId, sha256s, name),
      signal,
    ).catch(error => {
      // An abort is no backend's failure, and no reason to try the next.
      if (signal.aborted) return [];
      throw error;
    }),
  );
  signal.throwIfAborted();
  for (let at = 0; at < pairs.length; at += BATCH) {
    await ask('joinNearDuplicates', { pairs: pairs.slice(at, at + BATCH) });
    signal.throwIfAborted();
  }
}
