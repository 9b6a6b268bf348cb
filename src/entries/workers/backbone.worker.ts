// One frozen network in one thread: reads pictures, computes their features, writes them to the cache.
import { GleanerError } from '../../contract/error';
import { type BackendName, FEATURE_LENGTH, type FeatureTask, IMAGE_SIDE } from '../../contract/features';
import type { HeadWeights } from '../../contract/head';
import { imagePixels } from '../../edges/image-pixels';
import { inTurn } from '../../edges/in-turn';
import { eachFoldedLayer, eachLayerFreed, installedBackbone } from '../../edges/store/backbones';
import { putFeatures } from '../../edges/store/features';
import { blobOf } from '../../edges/store/samples';
import { onDevice, startBackend, usableBackends } from '../../edges/tf-backend';
import { createKernelNetwork } from '../../pipeline/features/kernel-network';
import type { Network } from '../../pipeline/features/network';
import { activationMap, pool } from '../../pipeline/features/pool';
import { architecture } from '../../pipeline/features/resnet50';
import { createTensorNetwork } from '../../pipeline/features/tensor-network';
import { predict } from '../../pipeline/head/predict';
import { gradCam } from '../../pipeline/report/grad-cam';
import { expose } from './worker-bridge';

const PICTURE = IMAGE_SIDE * IMAGE_SIDE * 3;

interface Explanation {
  p: Float32Array;
  activation: Float32Array;
  gradCams: Float32Array[];
}

let network: Network | undefined;
let backboneId = '';
/** Size every batch is padded to; 0 leaves it as it comes. */
let fixedBatch = 0;

const api = {
  usableBackends,

  /** Starts the backend and uploads the installed weights. GPU backends get one batch shape, or they compile for each anew. */
  async open(backend: BackendName, batch: number): Promise<void> {
    const info = await installedBackbone();
    if (!info) throw new GleanerError('no_weights');
    // On the CPU our own kernels are faster than tfjs's, in half the memory.
    if (backend === 'wasm') network = await createKernelNetwork(architecture(info.family), eachLayerFreed());
    else {
      await startBackend(backend);
      network = await createTensorNetwork(architecture(info.family), eachFoldedLayer());
    }
    backboneId = info.id;
    fixedBatch = backend === 'webgl' || backend === 'webgpu' ? batch : 0;
  },

  /** Pictures per second of one warm batch. */
  async time(batch: number): Promise<number> {
    const pixels = new Uint8Array(batch * PICTURE);
    await forward(pixels);
    const began = performance.now();
    await forward(pixels);
    return (batch * 1000) / (performance.now() - began);
  },

  /**
   * Computes and stores features; gives back the pictures that are missing or cannot be read. Two calls may overlap:
   * one reads and decodes while the other computes.
   */
  async compute(tasks: FeatureTask[]): Promise<string[]> {
    const pixels = new Uint8Array(tasks.length * PICTURE);
    const read: FeatureTask[] = [];
    const unread: string[] = [];
    for (const task of tasks) {
      const target = pixels.subarray(read.length * PICTURE, (read.length + 1) * PICTURE);
      const mirrored = task.variant === 'mirror';
      // One at a time: a picture of 50 megapixels takes 200 MB.
      const had = await inTurn('decode', async () => decoded(await blobOf(task.sha256), target, mirrored));
      if (had) read.push(task);
      else unread.push(task.sha256);
    }
    if (read.length > 0) {
      const activations = await inTurn('compute', () => run(pixels.subarray(0, read.length * PICTURE)));
      const length = activations.length / read.length;
      await putFeatures(
        backboneId,
        read.map((task, i) => ({ ...task, features: pool(activations.subarray(i * length, (i + 1) * length)) })),
      ).catch(error => {
        throw error instanceof DOMException && error.name === 'QuotaExceededError'
          ? new GleanerError('storage_full', [], { cause: error })
          : error;
      });
    }
    return unread;
  },

  /** What a head says of one picture, in class order: probabilities, and where the evidence for each class lies. */
  async explain(image: Blob, head: HeadWeights): Promise<Explanation> {
    const pixels = new Uint8Array(PICTURE);
    if (!(await decoded(image, pixels))) throw new GleanerError('picture_unreadable');
    const activations = await inTurn('compute', () => run(pixels));
    const [p] = predict(head, [pool(activations).m]);
    const gradCams = Array.from(p!, (_, k) => gradCam(activations, head, k));
    return { p: p!, activation: activationMap(activations), gradCams };
  },
};
export type BackboneWorker = typeof api;
expose(api);

async function decoded(image: Blob | undefined, target: Uint8Array, mirrored = false): Promise<boolean> {
  if (!image) return false;
  return imagePixels(image, target, mirrored).then(
    () => true,
    () => false,
  );
}

function forward(pixels: Uint8Array): Promise<Float32Array> {
  return onDevice(() => network!.activations(pixels, fixedBatch, breathe));
}

async function run(pixels: Uint8Array): Promise<Float32Array> {
  const activations = await forward(pixels);
  // A device that ran out of memory answers with zeros or NaN instead of an error.
  for (let start = 0; start < activations.length; start += 49 * FEATURE_LENGTH) {
    const one = activations.subarray(start, start + 49 * FEATURE_LENGTH);
    const sum = one.reduce((total, value) => total + value, 0);
    if (!Number.isFinite(sum) || sum === 0) throw new Error('the backend gave no activations');
  }
  return activations;
}

// A message to oneself is the quickest way round the event loop: timers are held back by 4 ms once they nest.
const { port1, port2 } = new MessageChannel();
function breathe(): Promise<void> {
  return new Promise(resolve => {
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
}
