// The weights this page is bringing in, kept apart from the screen so that looking elsewhere does not stop them.
import { signal } from '@preact/signals';
import * as Comlink from 'comlink';
import { announce } from '../../../edges/changes';
import { packedWeights } from '../../../edges/packed-weights';
import { availableBackbones } from '../../../edges/store/backbones';
import { inWorker } from '../../workers/one-call';
import { type OnLayer, unlessStalled } from '../../workers/stalled';
import type { WeightsWorker } from '../../workers/weights.worker';
import WeightsThread from '../../workers/weights.worker?worker';
import { readBackbone } from '../app/state';
import { Task, type Tell } from '../app/task';

/** Counts bytes; nothing while a file is read rather than received. */
export const weightsTask = new Task();
export const getting = weightsTask.running;
/** Name of the weights file packed into this build, when there is one. */
export const packedName = signal<string>();

/** Downloads Keras's file, checked by MD5; one that is broken off is resumed the next time. */
export function downloadWeights(): Promise<void> {
  return get((worker, onLayer, tell) => {
    // What follows the last byte is the reading.
    const onProgress = (received: number, total: number) =>
      tell(received < total ? { done: received, total } : { done: 0, total: 0 });
    return worker.download(Comlink.proxy(onProgress), onLayer);
  });
}

/** Reads a `.h5` or `.safetensors` file chosen by the user. */
export function readWeightsFile(file: File): Promise<void> {
  return get((worker, onLayer) => worker.fromFile(file, onLayer));
}

/** Seeded random weights: for tests and the demo only, marked on every screen. */
export function installSeeded(seed: number): Promise<void> {
  return get(worker => worker.seeded(seed));
}

/** New trainings use these weights, which are there. */
export function switchBackbone(id: string): Promise<void> {
  return get(worker => worker.choose(id));
}

export function installPacked(): Promise<void> {
  return get((worker, onLayer) => worker.packed(onLayer));
}

/** At the first start of a build that brings its weights along they are installed unasked; others are never replaced. */
export async function installPackedAtFirstStart(): Promise<void> {
  packedName.value = (await packedWeights())?.name;
  if (packedName.value && (await availableBackbones()).length === 1 && !getting.value) await installPacked();
}

/** The worker is ended to cancel, and when the reading stalls. */
function get(
  how: (worker: Comlink.Remote<WeightsWorker>, onLayer: OnLayer, tell: Tell) => Promise<unknown>,
): Promise<void> {
  return weightsTask.run({}, async (tell, stop) => {
    const inThread = (signal: AbortSignal, onLayer: OnLayer) =>
      inWorker<WeightsWorker, unknown>(WeightsThread, worker => how(worker, Comlink.proxy(onLayer), tell), signal);
    await unlessStalled(inThread, stop);
    await readBackbone();
    announce({ models: true });
    return undefined;
  });
}
