// How long files of exports stay: while a page writes some, while the browser may still read them, and no longer.
import { amongOthers, unlessOthers } from './locks';
import { removeOldSinks } from './zip-sink';

/** A finished file may still be on its way to the user's disk; so long after the last of its export it is not. */
export const KEEP_MS = 10 * 60_000;

/**
 * Runs an export in a page, which hands its files to the browser at once. What earlier ones left is removed before, unless some
 * page is writing: a part that was finished long ago may belong to an export that goes on.
 */
export async function keepingExports<T>(work: () => Promise<T>): Promise<T> {
  await unlessOthers('exports', () => removeOldSinks(KEEP_MS));
  return amongOthers('exports', work);
}
