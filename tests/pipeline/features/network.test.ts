// The network on seeded weights: the twin of the reference test, against convolutions written out as loops.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConvLayer, FoldedConv } from '../../../src/contract/features';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { activationMap, pool } from '../../../src/pipeline/features/pool';
import { architecture } from '../../../src/pipeline/features/resnet50';
import { createTensorNetwork } from '../../../src/pipeline/features/tensor-network';
import { seededRandom } from '../../../src/pipeline/head/random';
import { LAYERS, layersOf, narrowed, shortened } from './seeded-networks';

const PICTURE = 224 * 224 * 3;

const FAMILIES = ['keras-v1', 'torch-v1.5'] as const;
beforeAll(async () => {
  await tf.setBackend('wasm');
});

const drawn = new Map<number, Uint8Array>();

/** A picture of soft blotches. */
function picture(seed: number): Uint8Array {
  const found = drawn.get(seed);
  if (found) return found;
  const random = seededRandom(seed);
  const waves = Array.from({ length: 9 }, () => [random.uniform() * 0.1, random.uniform() * 0.1, random.uniform() * 6]);
  const pixels = new Uint8Array(PICTURE);
  for (let i = 0; i < PICTURE; i++) {
    const [x, y, first] = [Math.floor(i / 3) % 224, Math.floor(i / 672), (i % 3) * 3];
    let value = 128;
    for (let k = first; k < first + 3; k++) {
      const [u, v, w] = waves[k]!;
      value += 40 * Math.sin(x * u! + y * v! + w!);
    }
    pixels[i] = value;
  }
  drawn.set(seed, pixels);
  return pixels;
}

/** Pictures of these seeds end to end. */
function pictures(...seeds: number[]): Uint8Array {
  const all = new Uint8Array(seeds.length * PICTURE);
  for (const [i, seed] of seeds.entries()) all.set(picture(seed), i * PICTURE);
  return all;
}

/** One channel's value of a convolution at one place, in plain loops over [side × side × channels]. */
function convolveAt(
  x: Float32Array,
  side: number,
  layer: ConvLayer,
  { kernel, bias }: FoldedConv,
  row: number,
  column: number,
  o: number,
) {
  const [height, width, inputs, outputs] = layer.shape;
  let sum = bias[o]!;
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const [y, z] = [row * layer.stride + dy - layer.pad, column * layer.stride + dx - layer.pad];
      if (y < 0 || z < 0 || y >= side || z >= side) continue;
      for (let i = 0; i < inputs; i++) {
        sum += x[(y * side + z) * inputs + i]! * kernel[((dy * width + dx) * inputs + i) * outputs + o]!;
      }
    }
  }
  return layer.relu ? Math.max(0, sum) : sum;
}

describe('the stem', () => {
  it('pads, preprocesses and strides as the family says, checked at corners and centre', () => {
    for (const family of FAMILIES) {
      const { stem, preprocessing } = architecture(family);
      const [weights] = LAYERS[family];
      const pixels = picture(3);
      const x = Float32Array.from({ length: PICTURE }, (_, i) => {
        const channel = preprocessing.order === 'bgr' ? 2 - (i % 3) : i % 3;
        return (pixels[i - (i % 3) + channel]! - preprocessing.mean[i % 3]!) / preprocessing.std[i % 3]!;
      });
      const maps = tf.tidy(() =>
        tf.fused.conv2d({
          x: tf.tensor4d(x, [1, 224, 224, 3]),
          filter: tf.tensor4d(weights!.kernel, stem.shape),
          strides: stem.stride,
          pad: stem.pad,
          bias: tf.tensor1d(weights!.bias),
          activation: 'relu',
        }),
      );
      const y = maps.dataSync();
      maps.dispose();
      expect(y).toHaveLength(112 * 112 * 64);
      for (const [row, column] of [
        [0, 0],
        [0, 111],
        [111, 111],
        [55, 60],
      ] as const) {
        for (const o of [0, 33]) {
          const expected = convolveAt(x, 224, stem, weights!, row, column, o);
          expect(y[(row * 112 + column) * 64 + o]).toBeCloseTo(expected, 3);
        }
      }
    }
  });
});

const WAYS = { kernels: createKernelNetwork, tensors: createTensorNetwork };

describe.each(['kernels', 'tensors'] as const)('a network on %s', way => {
  const createNetwork = WAYS[way];

  it('gives the same features alone, in a batch and in a padded batch; different pictures differ; nothing leaks', async () => {
    const { network, layers } = narrowed(architecture('keras-v1'));
    const run = await createNetwork(network, layers);
    const held = tf.memory().numTensors;
    const single = await run.activations(picture(2));
    expect(single).toHaveLength(49 * 2048);
    const batch = await run.activations(pictures(1, 2));
    let breaths = 0;
    const padded = await run.activations(picture(2), 2, async () => {
      breaths++;
    });
    expect(breaths).toBeGreaterThanOrEqual(network.blocks.length);
    expect(padded).toHaveLength(single.length);
    const features = [batch.subarray(0, 49 * 2048), batch.subarray(49 * 2048)].map(pool);
    const [alone, inPadded] = [pool(single), pool(padded)];
    for (let c = 0; c < 2048; c += 7) {
      expect(alone.m[c]).toBeCloseTo(features[1]!.m[c]!, 4);
      expect(inPadded.m[c]).toBeCloseTo(features[1]!.m[c]!, 4);
    }
    const distance = Math.hypot(...features[0]!.m.map((v, c) => v - features[1]!.m[c]!));
    expect(distance / Math.hypot(...features[0]!.m)).toBeGreaterThan(0.02);
    expect(tf.memory().numTensors).toBe(held);

    // With the strides of the other family these weights are another network.
    const { preprocessing } = network;
    const other = await createNetwork({ ...narrowed(architecture('torch-v1.5')).network, preprocessing }, layers);
    const moved = pool(await other.activations(picture(2)));
    expect(Math.hypot(...moved.m.map((v, c) => v - alone.m[c]!)) / Math.hypot(...alone.m)).toBeGreaterThan(1e-3);
  }, 180_000);
});

it.each([
  ['keras-v1', 'the whole network', 1],
  ['torch-v1.5', 'a shortened one', 5],
] as const)(
  'kernels and tensors agree on %s, %s, %i at a time',
  async (family, size, count) => {
    const whole = size === 'the whole network';
    const network = whole ? architecture(family) : shortened(architecture(family));
    const pixels = pictures(...Array.from({ length: count }, (_, i) => i));
    const [a, b] = await Promise.all(
      [createKernelNetwork, createTensorNetwork].map(async create => {
        const run = await create(network, layersOf(network, LAYERS[family]));
        return await run.activations(pixels);
      }),
    );
    expect(a).toHaveLength(count * 49 * 2048);
    const largest = b!.reduce((x, y) => Math.max(x, y));
    expect(largest).toBeGreaterThan(1);
    const apart = a!.reduce((most, value, i) => Math.max(most, Math.abs(value - b![i]!)), 0);
    expect(apart / largest).toBeLessThan(1e-5);
    if (!whole) return;
    // Features are of the size that real weights give.
    for (const { m } of [pool(a!), pool(b!)]) {
      const mean = m.reduce((x, y) => x + y) / 2048;
      expect(mean).toBeGreaterThan(0.05);
      expect(mean).toBeLessThan(5);
    }
  },
  120_000,
);

describe('pooling', () => {
  it('gives mean and Σa²/n² over the positions, and the mean over channels', () => {
    const activations = new Float32Array(49 * 2048);
    for (let p = 0; p < 49; p++) activations[p * 2048 + 5] = p;
    const { m, q } = pool(activations);
    expect(m[5]).toBeCloseTo(24);
    expect(q[5]).toBeCloseTo((48 * 49 * 97) / 6 / 49 ** 2, 4);
    expect(m[6]).toBe(0);
    expect(activationMap(activations)[10]).toBeCloseTo(10 / 2048, 7);
  });
});
