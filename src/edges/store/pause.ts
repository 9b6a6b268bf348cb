// Why the queue stands still, kept in the database; only the user's own pause holds until the user ends it.
import type { PauseReason } from '../../contract/harvest';
import { metaItem } from './meta';

/** Earlier versions kept the bare reason, and so does a pause that nobody but the user may end. */
const row = metaItem<PauseReason | Pause>('pause');
// The background, which alone sets it, asks before every step of the queue. On a full disk even this small row may be
// refused; then the reason lives as long as this context does.
let known: Pause | undefined;

interface Pause {
  reason: PauseReason | undefined;
  /** Of a pause that somebody may want to end again, who then knows whether it is still theirs. */
  id?: string | undefined;
}

export async function pauseReason(): Promise<PauseReason | undefined> {
  return (await pause()).reason;
}

async function pause(): Promise<Pause> {
  if (!known) {
    const kept = await row.get();
    known ??= typeof kept === 'object' ? kept : { reason: kept };
  }
  return known;
}

/** Ends the pause of this id; one that was set since, or by anybody else, holds. */
export async function endPause(id: string): Promise<void> {
  if ((await pause()).id === id) await setPause(undefined);
}

/** Sets the reason, or clears it with undefined. */
export async function setPause(reason: PauseReason | undefined, id?: string): Promise<void> {
  const before = known;
  known = { reason, id };
  try {
    await (reason === undefined ? row.remove() : row.set(id === undefined ? reason : known));
  } catch (error) {
    // Losing the user's own pause would start downloads against their will: that one must be told.
    if (reason !== 'user') return;
    known = before;
    throw error;
  }
}
