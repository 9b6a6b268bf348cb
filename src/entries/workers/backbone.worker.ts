// A frozen network in one thread: reads images, computes their features, writes them to the cache. Several explain together.
import { backboneOfId, geometryOf } from '../../backbones';
import type { Backbone } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { BackendName, Features, FeatureTask } from '../../contract/features';
import type { HeadWeights } from '../../contract/head';
import { breathe } from '../../edges/breathe';
import { imagePixels } from '../../edges/image-pixels';
import { eachLayer, eachLayerFreed } from '../../edges/store/backbone-layers';
import { putFeatures } from '../../edges/store/features';
import { blobOf } from '../../edges/store/samples';
import { onDevice, startBackend, usableBackends } from '../../edges/tf-backend';
import { fixedImages } from '../../pipeline/features/agreement';
import { createKernelNetwork } from '../../pipeline/features/kernel-network';
import type { Network } from '../../pipeline/features/network';
import { pool, sideBySide } from '../../pipeline/features/pool';
import { createTensorNetwork } from '../../pipeline/features/tensor-network';
import { inTurn } from '../../pipeline/streams/in-turn';
import { type Explanation, explain } from './explanation';
import { expose } from './worker-bridge';

/** What was opened: the network, its id with the geometry, and bytes of one image. */
interface Opened {
  network: Network;
  backbone: Backbone;
  id: string;
  bytesOfOne: number;
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
      opened.push({ network, backbone, id, bytesOfOne: backbone.side ** 2 * 3 });
    }
    fixedBatch = backend === 'webgl' || backend === 'webgpu' ? batch : 0;
  },

  /** Images per second of one warm batch. */
  async time(batch: number): Promise<number> {
    const pixels = new Uint8Array(batch * open().bytesOfOne);
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
   * Computes and stores features; gives back the images that are missing or cannot be read. Two calls may overlap:
   * one reads and decodes while the other computes.
   */
  async compute(tasks: FeatureTask[]): Promise<string[]> {
    const found = await featuresOf(tasks, async ({ sha256, variant }, target) =>
      decoded(await blobOf(sha256), target, variant === 'mirror'),
    );
    const read = tasks.flatMap((task, i) => (found[i] ? [{ ...task, features: found[i] }] : []));
    if (read.length > 0) {
      await putFeatures(open().id, read);
    }
    return tasks.flatMap(({ sha256 }, i) => (found[i] ? [] : [sha256]));
  },

  /** Features of images that are no samples, in their order; undefined for those that cannot be read. None are stored. */
  async look(images: (Blob | undefined)[]): Promise<(Float32Array | undefined)[]> {
    return (await featuresOf(images, decoded)).map(features => features?.m);
  },

  /** What a head says of one image, in class order: probabilities, where the evidence for each class lies, and its features. */
  async explain(image: Blob | ImageBitmap, head: HeadWeights): Promise<Explanation> {
    const pixels = new Uint8Array(open().bytesOfOne);
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

/**
 * What the network makes of things, in their order; undefined where `read` finds no image to write into its target.
 * While one call computes, another reads.
 */
async function featuresOf<Thing>(
  things: readonly Thing[],
  read: (thing: Thing, target: Uint8Array) => Promise<boolean>,
): Promise<(Features | undefined)[]> {
  const { backbone, bytesOfOne } = open();
  const pixels = new Uint8Array(things.length * bytesOfOne);
  const places: number[] = [];
  for (const [i, thing] of things.entries()) {
    const target = pixels.subarray(places.length * bytesOfOne, (places.length + 1) * bytesOfOne);
    // One at a time: an image of 50 megapixels takes 200 MB.
    if (await inTurn('decode', () => read(thing, target))) places.push(i);
  }
  const found = new Array<Features | undefined>(things.length).fill(undefined);
  if (places.length === 0) return found;
  const activations = await inTurn('compute', () => run(pixels.subarray(0, places.length * bytesOfOne)));
  const length = activations.length / places.length;
  for (const [at, i] of places.entries())
    found[i] = pool(activations.subarray(at * length, (at + 1) * length), backbone.length);
  return found;
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
  const length = (activations.length * one.bytesOfOne) / pixels.length;
  for (let start = 0; start < activations.length; start += length) {
    const sum = activations.subarray(start, start + length).reduce((total, value) => total + value, 0);
    if (!Number.isFinite(sum) || sum === 0) throw new Error('the backend gave no activations');
  }
  return activations;
}
