// Why the queue stands still, kept in the database; only the user's own pause holds until the user ends it.
import type { PauseReason } from '../../contract/harvest';
import { metaItem } from './meta';

/** Earlier versions kept the bare reason, and so does a pause that nobody but the user may end. */
const row = metaItem<PauseReason | Pause>('pause');
// What this context has set itself. The background alone sets it and need not ask the database at each step of the queue; pages
// read it each time. On a full disk even this small row may be refused; then the reason lives as long as this context does.
let own: Pause | undefined;

interface Pause {
  reason: PauseReason | undefined;
  /** Of a pause that somebody may want to end again, who then knows whether it is still theirs. */
  id?: string | undefined;
}

export async function pauseReason(): Promise<PauseReason | undefined> {
  return (await pause()).reason;
}

async function pause(): Promise<Pause> {
  if (own) return own;
  const kept = await row.get();
  // It may have been set meanwhile.
  return own ?? (typeof kept === 'object' ? kept : { reason: kept });
}

/** Ends the pause of this id; one that was set since, or by anybody else, holds. */
export async function endPause(id: string): Promise<void> {
  if ((await pause()).id === id) await setPause(undefined);
}

/** Sets the reason, or clears it with undefined. */
export async function setPause(reason: PauseReason | undefined, id?: string): Promise<void> {
  const before = own;
  own = { reason, id };
  try {
    await (reason === undefined ? row.remove() : row.set(id === undefined ? reason : own));
  } catch (error) {
    // Losing the user's own pause would start downloads against their will: that one must be told.
    if (reason !== 'user') return;
    own = before;
    throw error;
  }
}
