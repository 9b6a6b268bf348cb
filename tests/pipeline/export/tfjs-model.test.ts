// model.json, loaded by plain tfjs, gives what the extension's own forward pass gives.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backboneOf } from '../../../src/backbones';
import type { Architecture, BackboneFamily, FoldedLayer } from '../../../src/contract/backbone';
import type { HeadWeights } from '../../../src/contract/head';
import { tfjsModel } from '../../../src/pipeline/export/model-formats/tfjs';
import { classifier, headOnly, type Layer } from '../../../src/pipeline/export/network';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { pool } from '../../../src/pipeline/features/pool';
import { seededRandom } from '../../../src/pipeline/head/random';
import { LAYERS, narrowed } from '../features/seeded-networks';

const next = seededRandom(7).uniform;
const uniform = (length: number, low: number, high: number) =>
  Float32Array.from({ length }, () => low + (high - low) * next());
const matrix = (rows: number, columns: number, size: number) => ({
  rows,
  columns,
  values: uniform(rows * columns, -size, size),
});

const CLASSES = 5;
const [FEATURE_LENGTH, IMAGE_SIDE] = [2048, 224];
const linear = (length: number): HeadWeights => ({
  kind: 'linear',
  w: matrix(length, CLASSES, 0.02),
  b: uniform(CLASSES, -1, 1),
  l2: 0,
});
const LINEAR = linear(FEATURE_LENGTH);
const ARTICLE: HeadWeights = {
  kind: 'article',
  w1: matrix(FEATURE_LENGTH, 64, 0.02),
  b1: uniform(64, -0.1, 0.1),
  gamma: uniform(64, 0.5, 1.5),
  beta: uniform(64, -0.5, 0.5),
  mean: uniform(64, -1, 1),
  variance: uniform(64, 0.5, 2),
  w2: matrix(64, CLASSES, 0.1),
  b2: uniform(CLASSES, -0.1, 0.1),
};

/** The head's formula as the contract states it, in plain numbers. */
function probabilities(head: HeadWeights, features: Float32Array): number[] {
  const dense = (x: ArrayLike<number>, w: { rows: number; columns: number; values: Float32Array }, b: Float32Array) =>
    Array.from(b, (bias, column) => {
      let sum = bias;
      for (let row = 0; row < w.rows; row++) sum += (x[row] ?? 0) * (w.values[row * w.columns + column] ?? 0);
      return sum;
    });
  let logits: number[];
  if (head.kind === 'linear') logits = dense(features, head.w, head.b);
  else {
    const hidden = dense(features, head.w1, head.b1).map((value, i) => {
      const relu = Math.max(0, value);
      return ((relu - head.mean[i]!) / Math.sqrt(head.variance[i]! + 1e-3)) * head.gamma[i]! + head.beta[i]!;
    });
    logits = dense(hidden, head.w2, head.b2);
  }
  const most = Math.max(...logits);
  const exps = logits.map(logit => Math.exp(logit - most));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map(value => value / sum);
}

/** Loads the written files as a browser would, but from memory; the shards are asked for by the manifest's own names. */
async function load(layers: Layer[], half = false, single?: string): Promise<LayersModel> {
  const files = new Map<string, Uint8Array>();
  const options = { half, generatedBy: 'test', metadata: {}, ...(single ? { single } : {}) };
  for (const { path, bytes } of tfjsModel(layers, 'tfjs/', options)) files.set(path, bytes);
  const model = JSON.parse(new TextDecoder().decode(files.get('tfjs/model.json')));
  return loadLayersModel({
    load: async () => ({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest[0].weights,
      weightData: model.weightsManifest[0].paths.map((path: string) => files.get(`tfjs/${path}`)!.slice().buffer),
    }),
  });
}

/** An image with structure up to its borders, where a wrong padding would show. */
const pixels = Uint8Array.from({ length: IMAGE_SIDE * IMAGE_SIDE * 3 }, (_, i) => {
  const [x, y, c] = [Math.floor(i / 3) % IMAGE_SIDE, Math.floor(i / 3 / IMAGE_SIDE), i % 3];
  return Math.round(127 + 127 * Math.sin((x * (c + 1)) / 9 + (y * y) / 500));
});

beforeAll(async () => {
  setWasmPaths(`${import.meta.dirname}/../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  await tf.setBackend('wasm');
  await tf.ready();
});

const image = () => tf.tensor4d(Float32Array.from(pixels), [1, IMAGE_SIDE, IMAGE_SIDE, 3]);

/** What the extension's own forward pass gives. */
async function direct(network: Architecture, layers: FoldedLayer[], head: HeadWeights): Promise<number[]> {
  const run = await createKernelNetwork(network, layers);
  const expected = probabilities(head, pool(await run.activations(pixels), network.length).m);
  // Only a head that is not sure of itself would show a difference.
  expect(Math.max(...expected)).toBeLessThan(0.99);
  return expected;
}

/** That the model gives these probabilities, to within `apart`. */
async function expectGives(model: LayersModel, x: tf.Tensor, expected: number[], apart: number): Promise<void> {
  const actual = await (model.predict(x) as tf.Tensor).data();
  expect(actual).toHaveLength(expected.length);
  for (const [i, p] of expected.entries()) expect(Math.abs(p - actual[i]!)).toBeLessThan(apart);
  model.dispose();
}

it('the whole model gives the probabilities of the direct pass to 1e-4', async () => {
  const network = backboneOf('keras-v1');
  const expected = await direct(network, LAYERS['keras-v1'], LINEAR);
  await expectGives(
    await load(classifier([{ backbone: network, layers: LAYERS['keras-v1'] }], LINEAR)),
    image(),
    expected,
    1e-4,
  );
}, 60_000);

describe.each<[BackboneFamily, HeadWeights]>([
  ['keras-v1', ARTICLE],
  ['torch-v1.5', LINEAR],
  ['efficientnet-lite0', linear(1280)],
])('a small model of %s', (family, head) => {
  const { network, layers } = narrowed(backboneOf(family));
  let expected: number[] = [];

  beforeAll(async () => {
    expected = await direct(network, layers, head);
  }, 60_000);

  it('gives the probabilities of the direct pass to 1e-4', { timeout: 60_000 }, async () => {
    const model = await load(classifier([{ backbone: network, layers }], head));
    expect(model.inputs[0]?.shape).toEqual([null, IMAGE_SIDE, IMAGE_SIDE, 3]);
    await expectGives(model, image(), expected, 1e-4);
  });

  it('keeps them to 1e-3 in half precision', { timeout: 60_000 }, async () => {
    await expectGives(
      await load(classifier([{ backbone: network, layers }], head), true, 'weights.bin'),
      image(),
      expected,
      1e-3,
    );
  });

  it("takes Teachable Machine's pixels, x / 127 − 1", { timeout: 60_000 }, async () => {
    const model = await load(classifier([{ backbone: network, layers }], head, 'teachable-machine'));
    await expectGives(model, tf.sub(tf.div(image(), 127), 1), expected, 1e-3);
  });
});

describe('two networks with one head', () => {
  const [first, second] = [narrowed(backboneOf('efficientnet-lite0')), narrowed(backboneOf('torch-v1.5'))];
  const networks = [first, second].map(({ network, layers }) => ({ backbone: network, layers }));
  const head = linear(1280 + 2048);
  let expected: number[] = [];

  beforeAll(async () => {
    const features = new Float32Array(1280 + 2048);
    let at = 0;
    for (const { network, layers } of [first, second]) {
      const run = await createKernelNetwork(network, layers);
      features.set(pool(await run.activations(pixels), network.length).m, at);
      at += network.length;
    }
    expected = probabilities(head, features);
    expect(Math.max(...expected)).toBeLessThan(0.99);
  }, 60_000);

  it('give the probabilities of both direct passes to 1e-4', { timeout: 60_000 }, async () => {
    const model = await load(classifier(networks, head));
    expect(model.inputs).toHaveLength(1);
    expect(model.getLayer('avg_pool').outputShape).toEqual([null, 1280 + 2048]);
    await expectGives(model, image(), expected, 1e-4);
  });

  it("keep them in Teachable Machine's pixels, and with two networks of one kind", { timeout: 60_000 }, async () => {
    const model = await load(classifier(networks, head, 'teachable-machine'));
    await expectGives(model, tf.sub(tf.div(image(), 127), 1), expected, 1e-3);
    const twins = classifier([networks[0]!, networks[0]!], linear(2560));
    expect(new Set(twins.map(({ name }) => name)).size).toBe(twins.length);
  });

  it('are refused where they want images of different sizes', () => {
    const larger = { ...networks[1]!, backbone: { ...networks[1]!.backbone, side: 240 } };
    expect(() => classifier([networks[0]!, larger], head)).toThrow('sizes');
  });
});

describe('the head alone', () => {
  it.each([LINEAR, ARTICLE])('takes 2048 features ($kind)', async head => {
    const features = uniform(FEATURE_LENGTH, 0, 1);
    const model = await load(headOnly(head));
    const actual = await (model.predict(tf.tensor2d(features, [1, FEATURE_LENGTH])) as tf.Tensor).data();
    probabilities(head, features).forEach((p, i) => void expect(Math.abs(p - (actual[i] ?? 9))).toBeLessThan(1e-5));
  });
});

describe('classifier', () => {
  it('names the layer whose weights are missing', () => {
    const layers = LAYERS['keras-v1'].slice(1);
    expect(() => classifier([{ backbone: backboneOf('keras-v1'), layers }], LINEAR)).toThrow('conv1_conv');
  });
});
