// Real weights against the features that independent implementations gave, on the kernels and on tfjs.
import '@tensorflow/tfjs-backend-wasm';
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN, backboneOf } from '../../../src/backbones';
import type { FoldedLayer } from '../../../src/contract/backbone';
import { Safetensors } from '../../../src/formats/safetensors';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import type { Network } from '../../../src/pipeline/features/network';
import { activationMap, pool } from '../../../src/pipeline/features/pool';
import { createTensorNetwork } from '../../../src/pipeline/features/tensor-network';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import '../../relaxed-simd';

const SHARED = join(import.meta.dirname, '../../../../shared');
const PIXELS = 224 * 224;

/** Largest difference, relative to the largest expected value. */
function distance(found: ArrayLike<number>, expected: number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value))) / scale;
}

/** RGB bytes of the PNGs in a folder, end to end. */
function imagesInPage(folder: string, names: string[]): Uint8Array {
  const pixels = new Uint8Array(names.length * PIXELS * 3);
  for (const [i, name] of names.entries()) {
    const { data } = PNG.sync.read(readFileSync(join(folder, name)));
    for (let p = 0; p < PIXELS; p++) pixels.set(data.subarray(p * 4, p * 4 + 3), (i * PIXELS + p) * 3);
  }
  return pixels;
}

describe('EfficientNet-Lite0, as it is shipped', () => {
  let layers: FoldedLayer[];
  beforeAll(async () => {
    await tf.setBackend('wasm');
    const file = await openAsBlob(join(import.meta.dirname, '../../../public', BUILT_IN.builtIn!.path));
    const read = await readWeights(file);
    expect(read.family).toBe(BUILT_IN.family);
    ({ layers } = read);
  });

  /** Expected of an image, by onnxruntime: the first 16 features, and three figures over all 1280. */
  interface Expected {
    first16: number[];
    mean: number;
    std: number;
    l2: number;
  }

  const SUMS: Expected = {
    first16: [
      1.09702, 0.0, 0.000127841, 0.0, 0.0, 0.0, 0.0506612, 1.39034, 0.0, 0.0, 0.0, 0.260448, 0.509047, 1.15551,
      0.0268944, 0.0328677,
    ],
    mean: 0.185383,
    std: 0.443349,
    l2: 17.1926,
  };

  /** Absolute, as the reference states it; its sums over 1280 values are rounded to six digits. */
  function check(m: Float32Array, { first16, mean, std, l2 }: Expected, name: string): void {
    expect(m).toHaveLength(1280);
    for (const [i, value] of first16.entries()) expect(Math.abs(m[i]! - value), `${name}, ${i}`).toBeLessThan(1e-3);
    const sum = m.reduce((total, value) => total + value, 0);
    const squares = m.reduce((total, value) => total + value * value, 0);
    expect(Math.abs(sum / 1280 - mean), name).toBeLessThan(1e-4);
    expect(Math.abs(Math.sqrt(squares / 1280 - (sum / 1280) ** 2) - std), name).toBeLessThan(1e-4);
    expect(Math.abs(Math.sqrt(squares) - l2), name).toBeLessThan(2e-3);
  }

  const ways = { kernels: createKernelNetwork, tensors: createTensorNetwork };
  describe.each(['kernels', 'tensors'] as const)('on %s', way => {
    let network: Network;
    beforeAll(async () => {
      network = await ways[way](BUILT_IN, layers);
    });

    it('gives the reference features of a picture made of sums', async () => {
      const pixels = Uint8Array.from({ length: PIXELS * 3 }, (_, i) => {
        const [x, y, c] = [Math.floor(i / 3) % 224, Math.floor(i / 672), i % 3];
        return (7 * x + 13 * y + 101 * c + ((x * y) >> 3)) & 255;
      });
      const activations = await network.activations(pixels);
      expect(activations).toHaveLength(49 * 1280);
      check(pool(activations, 1280).m, SUMS, 'sums');
    });

    const folder = join(SHARED, 'backbones/reference');
    const present = existsSync(folder);
    if (!present) console.log(`Skipped: ${folder} is not there. The twin of this test runs on a picture made of sums.`);
    it.skipIf(!present)('gives the reference features of photographs', async () => {
      const all = JSON.parse(readFileSync(join(folder, 'lite0-features.json'), 'utf8')).results;
      const results = (all as (Expected & { image: string })[]).filter(({ image }) => image.endsWith('.png'));
      expect(results.length).toBeGreaterThan(3);
      const activations = await network.activations(
        imagesInPage(
          folder,
          results.map(({ image }) => image),
        ),
      );
      for (const [i, expected] of results.entries()) {
        check(pool(activations.subarray(i * 49 * 1280, (i + 1) * 49 * 1280), 1280).m, expected, expected.image);
      }
    });
  });
});

const RESNET = join(SHARED, 'weights/resnet50-v1_5.safetensors');
const present = existsSync(RESNET);
if (!present) console.log(`Skipped: ${RESNET} is not there. The twin of this test runs on seeded weights.`);

interface Reference {
  image: string;
  features: number[];
  activationMean7x7: number[];
  top: { class: number }[];
}

describe.skipIf(!present)('torchvision weights of ResNet-50', () => {
  const folder = join(SHARED, 'weights/reference');
  const { results } = present
    ? (JSON.parse(readFileSync(join(folder, 'features.json'), 'utf8')) as { results: Reference[] })
    : { results: [] };
  let network: Network;
  let file: Blob;

  beforeAll(async () => {
    file = await openAsBlob(RESNET);
    const { family, layers } = await readWeights(file);
    expect(family).toBe('torch-v1.5');
    network = await createKernelNetwork(backboneOf(family), layers);
  }, 60_000);

  it('give the reference features, activation means and classes for all pictures', async () => {
    const tensors = await Safetensors.open(file);
    const fc = await tensors.read(tensors.find('fc.weight', [1000, 2048]));
    const bias = await tensors.read(tensors.find('fc.bias', [1000]));
    expect(results).toHaveLength(8);
    const activations = await network.activations(
      imagesInPage(
        folder,
        results.map(({ image }) => image),
      ),
    );
    for (const [i, expected] of results.entries()) {
      const mine = activations.subarray((i * activations.length) / 8, ((i + 1) * activations.length) / 8);
      const { m } = pool(mine, 2048);
      expect(distance(m, expected.features), expected.image).toBeLessThan(1e-2);
      expect(distance(activationMap(mine, 2048), expected.activationMean7x7), expected.image).toBeLessThan(1e-2);
      const logits = Array.from(bias, (b, k) => m.reduce((s, v, j) => s + v * fc[k * 2048 + j]!, b));
      const top = logits.map((logit, k) => ({ logit, k })).sort((a, b) => b.logit - a.logit);
      expect(
        top.slice(0, 3).map(({ k }) => k),
        expected.image,
      ).toEqual(expected.top.map(({ class: k }) => k));
    }
  }, 120_000);
});
