// Reads something again whenever what it is made of has changed, and leaves the database to others in between.
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { complain } from '../app/notices';

type Read = (signal: AbortSignal) => Promise<void>;
type Versions = readonly ReadonlySignal<unknown>[];

/** After a reading there is none for so many times as long as it took: while images stream in, most of the time is theirs. */
const REST = 4;

/** Keeps something fresh while the component stands. */
export function useKeptFresh(read: Read, versions: Versions): void {
  useEffect(() => {
    const gone = new AbortController();
    keepFresh(read, versions, gone.signal);
    return () => gone.abort();
  }, []);
}

/**
 * Calls `read` at once and after changes of the versions, until the signal aborts. Changes that come during a reading, or
 * during the rest after it, are answered by one more. A reading that rejects is complained of, and is not the last.
 * @param read  looks at the signal before it uses what it found: nobody may wait for it any more
 */
export function keepFresh(read: Read, versions: Versions, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [busy, due] = [false, false];
  const run = async () => {
    busy = true;
    due = false;
    const begun = performance.now();
    await read(signal).catch(complain);
    if (!signal.aborted) timer = setTimeout(rested, (performance.now() - begun) * REST);
  };
  const rested = () => {
    busy = false;
    if (due) void run();
  };
  const stop = effect(() => {
    for (const version of versions) version.value;
    due = true;
    if (!busy) untracked(() => void run());
  });
  signal.addEventListener('abort', () => {
    stop();
    clearTimeout(timer);
  });
}
