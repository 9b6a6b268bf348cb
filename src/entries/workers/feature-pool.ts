// The backbone workers of a page, fed from one queue of pictures: as many as the backend can use.
import type { BackendName, FeatureTask } from '../../contract/features';
import { shareOut } from '../../pipeline/features/share-out';
import type { BackboneWorker } from './backbone.worker';
import BackboneThread from './backbone.worker?worker';
import { link, type WorkerLink } from './crossing';

/** Wasm is as fast with 4 pictures as with 32 and needs less memory; a GPU wants more at once. */
const BATCH: Record<BackendName, number> = { cpu: 1, wasm: 4, webgl: 16, webgpu: 16 };
/** Every wasm worker holds the weights and its memory, about 150 MB in all. */
const MOST_WORKERS = 8;
/** A backend that has not computed two batches after so many milliseconds, shaders included, is not worth having. */
const PROBE_MS = 60_000;

/** How many workers of a backend this device feeds: one per core and per gigabyte; a graphics device has one queue. */
export function workerCount(backend: BackendName): number {
  if (backend === 'webgl' || backend === 'webgpu') return 1;
  const gigabytes = (navigator as { deviceMemory?: number }).deviceMemory ?? MOST_WORKERS;
  return Math.max(1, Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS, Math.floor(gigabytes)));
}

/** A worker with the network ready. */
export async function openBackbone(backend: BackendName): Promise<WorkerLink<BackboneWorker>> {
  const worker = link<BackboneWorker>(new BackboneThread());
  try {
    await worker.call(remote => remote.open(backend, BATCH[backend]));
    return worker;
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** Backends worth timing on this device, and pictures per second of each when there is more than one. */
export async function timeBackends(): Promise<Partial<Record<BackendName, number>>> {
  const scout = link<BackboneWorker>(new BackboneThread());
  const names = await scout.call(remote => remote.usableBackends()).finally(() => scout.terminate());
  if (names.length === 1) return {};
  const timings: Partial<Record<BackendName, number>> = {};
  for (const name of names) {
    const speed = await timeOne(name).catch(() => undefined);
    // Workers on cores of their own add up, a little less than in full.
    if (speed) timings[name] = speed * (1 + 0.8 * (workerCount(name) - 1));
  }
  return timings;
}

async function timeOne(name: BackendName): Promise<number> {
  const worker = await openBackbone(name);
  const tooSlow = setTimeout(() => worker.terminate(), PROBE_MS);
  try {
    return await worker.call(remote => remote.time(BATCH[name]));
  } finally {
    clearTimeout(tooSlow);
    worker.terminate();
  }
}

export interface Computed {
  done: FeatureTask[];
  skipped: FeatureTask[];
}

/**
 * Computes and stores features and reports every batch; the workers are freed at the end. Resolves with what could not
 * be computed because every worker of this backend failed, and rejects as `shareOut` does.
 */
export function computeFeatures(
  backend: BackendName,
  tasks: readonly FeatureTask[],
  onBatch: (computed: Computed) => void,
  signal: AbortSignal,
): Promise<FeatureTask[]> {
  return shareOut<FeatureTask, string[]>(tasks, {
    workers: workerCount(backend),
    size: BATCH[backend],
    async open() {
      const worker = await openBackbone(backend);
      return { work: batch => worker.call(remote => remote.compute(batch)), close: () => worker.terminate() };
    },
    onBatch(batch, unread) {
      const skipped = batch.filter(({ sha256 }) => unread.includes(sha256));
      onBatch({ done: batch.filter(task => !skipped.includes(task)), skipped });
    },
    signal,
  });
}
