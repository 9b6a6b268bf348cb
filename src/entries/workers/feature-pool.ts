// The backbone workers of a page, fed from one queue of pictures: as many as the backend can use.
import type { BackendName } from '../../contract/features';
import type { BackboneWorker } from './backbone.worker';
import BackboneThread from './backbone.worker?worker';
import { link, type WorkerLink } from './crossing';

/** Wasm is as fast with 4 pictures as with 32 and needs less memory; a GPU wants more at once. */
const BATCH: Record<BackendName, number> = { cpu: 1, wasm: 4, webgl: 16, webgpu: 16 };
/** Every wasm worker holds the weights twice, about 300 MB in all. */
const MOST_WORKERS = 8;

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
    const worker = await openBackbone(name).catch(() => undefined);
    const speed = await worker?.call(remote => remote.time(BATCH[name])).catch(() => undefined);
    worker?.terminate();
    // Workers on cores of their own add up, a little less than in full.
    if (speed) timings[name] = speed * (1 + 0.8 * (workerCount(name) - 1));
  }
  return timings;
}

export interface Computed {
  done: string[];
  skipped: string[];
}

/**
 * Computes the features of the pictures and reports every batch; the workers are freed at the end. Resolves with what
 * could not be computed because every worker of this backend failed: empty when all is done. Rejects with the signal's
 * reason (batches under way are still written) or with an error no other backend would spare (`GleanerError`).
 */
export async function computeFeatures(
  backend: BackendName,
  sha256s: string[],
  onBatch: (computed: Computed) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const count = Math.min(workerCount(backend), sha256s.length);
  const size = Math.min(BATCH[backend], Math.ceil(sha256s.length / count));
  const left = [...sha256s];
  const work = async () => {
    const worker = await openBackbone(backend);
    // Two lanes: the pictures of the second are read and decoded while those of the first are computed.
    const lane = async () => {
      while (left.length > 0 && !signal.aborted) {
        const batch = left.splice(0, size);
        try {
          const { skipped } = await worker.call(remote => remote.compute(batch));
          onBatch({ done: batch.filter(sha256 => !skipped.includes(sha256)), skipped });
        } catch (error) {
          left.unshift(...batch);
          throw error;
        }
      }
    };
    const lanes = await Promise.allSettled([lane(), lane()]);
    worker.terminate();
    for (const result of lanes) if (result.status === 'rejected') throw result.reason;
  };
  const workers = Array.from({ length: count }, work);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const results = await Promise.race([Promise.allSettled(workers), aborted]);
  signal.throwIfAborted();
  const refusals = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const named = refusals.find(reason => (reason as Error).name === 'GleanerError');
  if (named) throw named;
  return left;
}
