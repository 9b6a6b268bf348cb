// A frozen network in one thread: reads pictures, computes their features, writes them to the cache. Several explain together.
import { backboneOfId, geometryOf } from '../../backbones';
import type { Backbone } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { BackendName, FeatureTask } from '../../contract/features';
import type { HeadWeights } from '../../contract/head';
import { imagePixels } from '../../edges/image-pixels';
import { inTurn } from '../../edges/in-turn';
import { eachLayer, eachLayerFreed } from '../../edges/store/backbone-layers';
import { putFeatures } from '../../edges/store/features';
import { blobOf } from '../../edges/store/samples';
import { onDevice, startBackend, usableBackends } from '../../edges/tf-backend';
import { fixedImages } from '../../pipeline/features/agreement';
import { createKernelNetwork } from '../../pipeline/features/kernel-network';
import type { Network } from '../../pipeline/features/network';
import { pool, sideBySide } from '../../pipeline/features/pool';
import { createTensorNetwork } from '../../pipeline/features/tensor-network';
import { type Explanation, explain } from './explanation';
import { expose } from './worker-bridge';

/** What was opened: the network, its id with the geometry, and bytes of one picture. */
interface Opened {
  network: Network;
  backbone: Backbone;
  id: string;
  picture: number;
}
let opened: Opened[] = [];
/** Size every batch is padded to; 0 leaves it as it comes. */
let fixedBatch = 0;

const api = {
  usableBackends,

  /**
   * Starts the backend and uploads the weights of the backbones of these ids, which also say how images are seen. GPU backends
   * get one batch shape, or they compile for each anew. Rejects with 'no_weights' where a backbone is gone.
   */
  async open(backend: BackendName, batch: number, ids: string[]): Promise<void> {
    // On the CPU our own kernels are faster than tfjs's, in half the memory.
    if (backend !== 'wasm') await startBackend(backend);
    opened = [];
    for (const id of ids) {
      const backbone = backboneOfId(id);
      if (!backbone) throw new GleanerError('no_weights');
      const network =
        backend === 'wasm'
          ? await createKernelNetwork(backbone, eachLayerFreed(id))
          : await createTensorNetwork(backbone, eachLayer(id));
      opened.push({ network, backbone, id, picture: backbone.side ** 2 * 3 });
    }
    fixedBatch = backend === 'webgl' || backend === 'webgpu' ? batch : 0;
  },

  /** Pictures per second of one warm batch. */
  async time(batch: number): Promise<number> {
    const pixels = new Uint8Array(batch * open().picture);
    await forward(pixels);
    const began = performance.now();
    await forward(pixels);
    return (batch * 1000) / (performance.now() - began);
  },

  /** Features of the two fixed images, end to end: what tells whether this backend computes as others do. */
  async fixedAnswers(): Promise<Float32Array> {
    const { backbone } = open();
    const activations = await run(fixedImages(backbone.side));
    const half = activations.length / 2;
    const all = new Float32Array(2 * backbone.length);
    for (const i of [0, 1]) {
      all.set(pool(activations.subarray(i * half, (i + 1) * half), backbone.length).m, i * backbone.length);
    }
    return all;
  },

  /**
   * Computes and stores features; gives back the pictures that are missing or cannot be read. Two calls may overlap:
   * one reads and decodes while the other computes.
   */
  async compute(tasks: FeatureTask[]): Promise<string[]> {
    const { id, backbone, picture } = open();
    const pixels = new Uint8Array(tasks.length * picture);
    const read: FeatureTask[] = [];
    const unread: string[] = [];
    for (const task of tasks) {
      const target = pixels.subarray(read.length * picture, (read.length + 1) * picture);
      const mirrored = task.variant === 'mirror';
      // One at a time: a picture of 50 megapixels takes 200 MB.
      const had = await inTurn('decode', async () => decoded(await blobOf(task.sha256), target, mirrored));
      if (had) read.push(task);
      else unread.push(task.sha256);
    }
    if (read.length > 0) {
      const activations = await inTurn('compute', () => run(pixels.subarray(0, read.length * picture)));
      const length = activations.length / read.length;
      await putFeatures(
        id,
        read.map((task, i) => {
          const one = activations.subarray(i * length, (i + 1) * length);
          return { ...task, features: pool(one, backbone.length) };
        }),
      );
    }
    return unread;
  },

  /** What a head says of one picture, in class order: probabilities, where the evidence for each class lies, and its features. */
  async explain(image: Blob | ImageBitmap, head: HeadWeights): Promise<Explanation> {
    const pixels = new Uint8Array(open().picture);
    if (!(await decoded(image, pixels))) throw new GleanerError('picture_unreadable');
    const lengths = opened.map(({ backbone }) => backbone.length);
    const activations = await inTurn('compute', async () => {
      const each: Float32Array[] = [];
      // They see the same square: one input serves all.
      for (const one of opened) each.push(await run(pixels, one));
      return sideBySide(each, lengths);
    });
    return explain(
      activations,
      lengths.reduce((sum, one) => sum + one),
      head,
    );
  },
};
export type BackboneWorker = typeof api;
expose(api);

/** The first; where there is one, the only. */
function open(): Opened {
  const [first] = opened;
  if (!first) throw new Error('no network is open');
  return first;
}

async function decoded(image: Blob | ImageBitmap | undefined, target: Uint8Array, mirrored = false): Promise<boolean> {
  if (!image) return false;
  const { id, backbone } = open();
  return imagePixels(image, target, { geometry: geometryOf(id), side: backbone.side }, mirrored).then(
    () => true,
    () => false,
  );
}

function forward(pixels: Uint8Array, { network } = open()): Promise<Float32Array> {
  return onDevice(() => network.activations(pixels, fixedBatch, breathe));
}

async function run(pixels: Uint8Array, one = open()): Promise<Float32Array> {
  const activations = await forward(pixels, one);
  // A device that ran out of memory answers with zeros or NaN instead of an error.
  const length = (activations.length * one.picture) / pixels.length;
  for (let start = 0; start < activations.length; start += length) {
    const sum = activations.subarray(start, start + length).reduce((total, value) => total + value, 0);
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
