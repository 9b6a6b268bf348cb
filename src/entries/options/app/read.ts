// What a screen shows of the database: read when the screen opens, and again whenever what it is made of has changed.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { keepFresh, type Pauses, type Stores } from '../../parts/keep-fresh';

export interface ScreenReading<T> {
  /** What was read last; undefined before the first reading has ended. */
  value: T | undefined;
  /** Whether that is about what is asked for now, and not about what was before. */
  fresh: boolean;
  /** Reads again at once, for instance after a change made here; resolves when what was read is shown. */
  again(): Promise<void>;
}

/**
 * Keeps what `read` gives fresh while the component stands; what goes wrong is complained of, and the last value stays.
 * @param stores  signals; `read` runs again when one of them changes, with pauses in between while changes stream in
 * @param about  what the reading is about, such as an id: another begins a new reading at once, and the last value stays until
 * that has ended
 */
export function useRead<T>(
  stores: Stores,
  read: (signal: AbortSignal) => Promise<T>,
  about: readonly unknown[] = [],
): ScreenReading<T> {
  const last = useSignal<{ value: T; about: readonly unknown[] }>();
  const again = useKeptFresh(
    stores,
    async signal => {
      const value = await read(signal);
      if (!signal.aborted) last.value = { value, about };
    },
    about,
  );
  const held = last.value;
  const fresh = held !== undefined && about.every((one, i) => Object.is(one, held.about[i]));
  return { value: held?.value, fresh, again };
}

/** As `useRead`, for what is kept elsewhere by `read` itself, which looks at the signal before it does. Returns `again`. */
export function useKeptFresh(
  stores: Stores,
  read: (signal: AbortSignal) => Promise<void>,
  about: readonly unknown[] = [],
  pauses?: Pauses,
): () => Promise<void> {
  const latest = useRef(read);
  latest.current = read;
  const again = useRef(async () => {});
  useEffect(() => {
    const gone = new AbortController();
    again.current = keepFresh(stores, signal => latest.current(signal), gone.signal, pauses);
    return () => gone.abort();
  }, about);
  return () => again.current();
}
