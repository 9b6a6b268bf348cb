// Reads something again whenever what it is made of has changed, and leaves the database to others in between.
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import { complain } from './complain';

/** What a reading is made of: it is done again when the value of one of these changes. */
export type Stores = readonly ReadonlySignal<unknown>[];

export interface Pauses {
  /** After a reading there is none for so many times as long as it took. */
  rest?: number;
  /** Nor for so many milliseconds. */
  atLeast?: number;
}

/** While images stream in, most of the time is theirs. */
const REST = 4;

/**
 * Calls `read` at once and after changes of the stores, until the signal aborts. Changes that come during a reading, or
 * during the rest after it, are answered by one more. A reading that rejects is complained of, and is not the last.
 * @param read  looks at the signal before it uses what it found: nobody may wait for it any more
 * @returns reads once more without waiting for a rest to end; resolves when that is done
 */
export function keepFresh(
  stores: Stores,
  read: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
  { rest = REST, atLeast = 0 }: Pauses = {},
): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: Promise<void> | undefined;
  let [resting, due] = [false, false];
  const run = (): Promise<void> => {
    clearTimeout(timer);
    due = false;
    resting = true;
    const begun = performance.now();
    reading = read(signal)
      .catch(complain)
      .then(() => {
        reading = undefined;
        if (!signal.aborted) timer = setTimeout(rested, Math.max(atLeast, (performance.now() - begun) * rest));
      });
    return reading;
  };
  const rested = () => {
    resting = false;
    if (due) void run();
  };
  const stop = effect(() => {
    for (const store of stores) store.value;
    due = true;
    if (!resting) untracked(() => void run());
  });
  signal.addEventListener('abort', () => {
    stop();
    clearTimeout(timer);
  });
  return async () => {
    while (reading) await reading;
    if (!signal.aborted) await run();
  };
}
