// Features as images arrive: what is missing is computed at leisure while a page is open, so that a training finds it there.
import type { FeatureTask } from '../../contract/features';
import type { PoolWorker } from './worker-pool';

/** Small, because a batch under way is waited for by whoever needs the machine. */
const BATCH = 4;
/** Rest after a batch, as a multiple of the time it took: half the core is left to others, nearly all of it to downloads. */
const REST = { quiet: 0.5, busy: 4 };
/** Time between two looks whether the work may go on, in ms. */
const HELD_MS = 3000;

export interface LookAheadPorts {
  /** All images there are, and those without features. */
  list(): Promise<{ total: number; missing: FeatureTask[] }>;
  /** Whether the work has to wait. */
  held(): Promise<boolean>;
  /** Whether others, such as downloads, want the machine more. */
  busy(): Promise<boolean>;
  /** A worker whose runs resolve with the hashes of images that cannot be read. */
  open(): Promise<PoolWorker<FeatureTask, string[]>>;
  /** Runs a batch while nobody else computes features; undefined, without running it, where a training does by then. */
  inTurn<T>(run: () => Promise<T>): Promise<T | undefined>;
  rest(ms: number): Promise<void>;
  /** Resolves once images have come or gone. */
  changed(): Promise<void>;
  /** `done` counts images that cannot be read too: there is nothing to come of them. */
  tell(progress: { done: number; total: number; held: boolean }): void;
}

/**
 * Works until the signal aborts, and rejects then with its reason; or with the reason why a batch failed. What was computed
 * is kept, and the next call goes on with the rest. The worker is closed while there is nothing for it to do.
 */
export async function lookAhead(ports: LookAheadPorts, signal: AbortSignal): Promise<never> {
  const unreadable = new Set<string>();
  let worker: PoolWorker<FeatureTask, string[]> | undefined;
  const close = () => {
    worker?.close();
    worker = undefined;
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const changed = ports.changed();
      const { total, missing } = await ports.list();
      const queue = missing.filter(({ sha256 }) => !unreadable.has(sha256));
      const tell = (held: boolean) => ports.tell({ done: total - queue.length, total, held });
      let held = false;
      tell(held);
      while (queue.length > 0 && !held) {
        held = await ports.held();
        signal.throwIfAborted();
        if (held) break;
        worker ??= await ports.open();
        const began = performance.now();
        const batch = queue.slice(0, BATCH);
        const unread = await ports.inTurn(() => worker!.run(batch));
        signal.throwIfAborted();
        held = unread === undefined;
        for (const sha256 of unread ?? []) unreadable.add(sha256);
        if (!held) queue.splice(0, batch.length);
        tell(held);
        await ports.rest((performance.now() - began) * ((await ports.busy()) ? REST.busy : REST.quiet));
      }
      close();
      if (held) tell(held);
      // Whoever held it up may have computed some of the rest: it is listed anew.
      if (held) for (; await ports.held(); signal.throwIfAborted()) await ports.rest(HELD_MS);
      else await changed;
    }
  } finally {
    close();
    signal.removeEventListener('abort', close);
  }
}
