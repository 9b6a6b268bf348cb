// The workers that compute with the backbone: how many of them a device feeds, how much each is given, and their start.
import type { BackendName } from '../../contract/features';
import type { BackboneWorker } from './backbone.worker';
import BackboneThread from './backbone.worker?worker';
import { type RunningWorker, startWorker } from './worker-bridge';

/** Images computed at a time. Wasm is as fast with 4 as with 32 and needs less memory; a GPU wants more at once. */
export const BATCH_SIZE: Record<BackendName, number> = { cpu: 1, wasm: 4, webgl: 16, webgpu: 16 };
/** Every wasm worker holds the weights and its memory: about 30 MB of the built-in network, 140 MB of ResNet-50. */
const MOST_WORKERS = 8;

/** How many workers of a backend this device feeds: one per core and per gigabyte; a graphics device has one queue. */
export function workerCount(backend: BackendName): number {
  if (backend === 'webgl' || backend === 'webgpu') return 1;
  const gigabytes = (navigator as { deviceMemory?: number }).deviceMemory ?? MOST_WORKERS;
  return Math.max(1, Math.min(navigator.hardwareConcurrency || 1, MOST_WORKERS, Math.floor(gigabytes)));
}

/** A worker with the network of this id ready, or with several: then it can only explain. */
export async function openBackbone(backend: BackendName, ...ids: string[]): Promise<RunningWorker<BackboneWorker>> {
  const worker = startWorker<BackboneWorker>(BackboneThread);
  try {
    await worker.remote.open(backend, BATCH_SIZE[backend], ids);
    return worker;
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** Backends worth timing on this device. */
export async function usableBackends(): Promise<BackendName[]> {
  const scout = startWorker<BackboneWorker>(BackboneThread);
  return await scout.remote.usableBackends().finally(() => scout.terminate());
}
