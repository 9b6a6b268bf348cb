// The network here and in Keras: the same file and the same pixels give the same features, on each backend asked for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { select, unfold } from '../../harness/browsers/elements';
import type { ImageFile } from '../../harness/pictures/pictures';
import { train } from '../../harness/steps/learn-steps';
import { show, type Walk } from '../../harness/walk';
import type { BackendName } from '../../src/contract/features';
import { distance, Skip } from './check';
import { cachedFeatures, forgetFeatures } from './features';
import { sha256, writePixels } from './pictures';
import { needPython, runPython } from './python';

const SEED = 20;
const TOLERANCE = 1e-3;

export interface KerasBackbone {
  /** The weights file that Keras's ResNet-50 was saved to. */
  weights: string;
  /** What Keras makes of each image, 2048 numbers. */
  features: Float32Array[];
}

/** Lets Keras draw a network, save it, and compute the images' features. */
export async function kerasBackbone(images: ImageFile[], folder: string): Promise<KerasBackbone> {
  needPython('keras');
  const path = (name: string) => join(folder, name);
  writePixels(images, path('exact.rgb'));
  await runPython('keras_backbone.py', [String(SEED), path('keras.h5'), path('exact.rgb'), path('features.f32')]);
  const bytes = await readFile(path('features.f32'));
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const features = images.map((_, i) => all.slice(i * 2048, (i + 1) * 2048));
  return { weights: path('keras.h5'), features };
}

/** Trains on the backend with the images' features computed anew, and compares them. Says how far apart they are. */
export async function compareFeatures(
  walk: Walk,
  backend: BackendName,
  images: ImageFile[],
  expected: Float32Array[] | undefined,
  epochs: number,
): Promise<string> {
  const keys = images.map(({ bytes }) => sha256(bytes));
  await forgetFeatures(walk.app, keys);
  await chooseBackend(walk, backend);
  await train(walk, epochs);
  // The rest of the walk needs the trained model even where there is no Keras to compare with.
  if (expected === undefined) throw new Skip('there is no Keras');
  const found = await cachedFeatures(walk.app, keys);
  const distances = keys.map((key, i) => distance(found.get(key) ?? [], expected[i]!));
  const worst = distances.reduce((most, one) => (one <= most ? most : one), 0);
  const means = expected.map(one => one.reduce((sum, value) => sum + value, 0) / one.length);
  const words = `${keys.length} pictures, features of mean ${Math.min(...means).toFixed(2)} to ${Math.max(...means).toFixed(2)}, largest relative difference ${worst.toExponential(1)}`;
  if (!(worst <= TOLERANCE)) throw new Error(words);
  return words;
}

/** Chooses where the network runs, by the field of the Train screen. */
export async function chooseBackend(walk: Walk, backend: BackendName): Promise<void> {
  await show(walk, 'train');
  await unfold(walk.app, 'Advanced');
  await select(walk.app, 'Backend', backend);
}
