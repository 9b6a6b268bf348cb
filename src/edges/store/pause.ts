// Why the queue stands still, kept in the database; only the user's own pause holds until the user ends it.
import type { PauseReason } from '../../contract/harvest';
import { database } from '../database';

const KEY = 'pause';
// The background, which alone sets it, asks before every step of the queue. On a full disk even this small row may be
// refused; then the reason lives as long as this context does.
let known: { reason: PauseReason | undefined } | undefined;

export async function pauseReason(): Promise<PauseReason | undefined> {
  known ??= { reason: (await (await database()).get('meta', KEY)) as PauseReason | undefined };
  return known.reason;
}

/** Sets the reason, or clears it with undefined. */
export async function setPause(reason: PauseReason | undefined): Promise<void> {
  const before = known;
  known = { reason };
  try {
    const db = await database();
    await (reason === undefined ? db.delete('meta', KEY) : db.put('meta', reason, KEY));
  } catch (error) {
    // Losing the user's own pause would start downloads against their will: that one must be told.
    if (reason !== 'user') return;
    known = before;
    throw error;
  }
}
