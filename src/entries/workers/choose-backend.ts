// Which backend computes features here: chosen by hand, remembered, or timed now and remembered.
import type { BackendName } from '../../contract/features';
import { readSettings } from '../../edges/settings';
import { rememberBackend, rememberedBackend } from '../../edges/store/backend-choice';
import { BATCH_SIZE, openBackbone, usableBackends, workerCount } from './backbone-workers';

/** A backend that has not computed two batches after so many milliseconds, shaders included, is not worth having. */
const PROBE_MS = 60_000;

/** @param id  of the backbone that is timed */
export async function chooseBackend(id: string): Promise<BackendName> {
  const { backend } = await readSettings();
  if (backend) return backend;
  const remembered = await rememberedBackend();
  if (remembered) return remembered.backend;
  const timings = await timeBackends(id);
  const ranked = (Object.entries(timings) as [BackendName, number][]).sort(([, a], [, b]) => b - a);
  const fastest = ranked[0]?.[0] ?? 'wasm';
  await rememberBackend({ backend: fastest, timings });
  return fastest;
}

/** Images per second of each usable backend; none are timed where there is no choice. */
async function timeBackends(id: string): Promise<Partial<Record<BackendName, number>>> {
  const names = await usableBackends();
  if (names.length === 1) return {};
  const timings: Partial<Record<BackendName, number>> = {};
  for (const name of names) {
    const speed = await timeOne(name, id).catch(() => undefined);
    // Workers on cores of their own add up, a little less than in full.
    if (speed) timings[name] = speed * (1 + 0.8 * (workerCount(name) - 1));
  }
  return timings;
}

async function timeOne(name: BackendName, id: string): Promise<number> {
  const worker = await openBackbone(name, id);
  const tooSlow = setTimeout(() => worker.terminate(), PROBE_MS);
  try {
    return await worker.remote.time(BATCH_SIZE[name]);
  } finally {
    clearTimeout(tooSlow);
    worker.terminate();
  }
}
