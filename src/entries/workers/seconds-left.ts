// How long work will still take, told by how it went so far.

/** Before so many milliseconds of work a time left would be a guess. */
export const HONEST_AFTER_MS = 4000;

/**
 * Seconds until the rest is done at the pace so far; undefined until that can be told honestly.
 * @param done  what was done in `elapsedMs`, in any unit  @param left  what is not done yet, in the same unit
 */
export function secondsLeft(done: number, left: number, elapsedMs: number): number | undefined {
  if (elapsedMs < HONEST_AFTER_MS || done <= 0) return undefined;
  return (left * elapsedMs) / 1000 / done;
}
