// Heads on drawn features: our training, tfjs's own model.fit, and the article's way of the whole network in every epoch.
import * as tf from '@tensorflow/tfjs';
import { resnet50Keras } from '../../../../src/backbones/resnet50';
import { ARTICLE_DEFAULTS } from '../../../../src/contract/head';
import { startBackend } from '../../../../src/edges/tf-backend';
import { expose } from '../../../../src/entries/workers/worker-bridge';
import { trainArticle } from '../../../../src/pipeline/head/article';
import type { FeatureTable } from '../../../../src/pipeline/head/data';
import { trainLinear } from '../../../../src/pipeline/head/linear';
import { seededRandom } from '../../../../src/pipeline/head/random';

interface Size {
  rows: number;
  classes: number;
}
const { length: FEATURE_LENGTH, side: IMAGE_SIDE } = resnet50Keras;
const { batchSize, dropout, hiddenUnits } = ARTICLE_DEFAULTS;

const api = {
  /** Seconds per epoch of the article's head: steps, recomputed statistics and evaluation on a sixth as many rows. */
  async ourEpoch(size: Size, epochs: number): Promise<number> {
    await startBackend('wasm');
    const valid = Math.round(size.rows / 6);
    const table = draw({ ...size, rows: size.rows + valid });
    const ends: number[] = [performance.now()];
    await trainArticle({
      table,
      train: range(0, size.rows),
      valid: range(size.rows, size.rows + valid),
      options: { ...ARTICLE_DEFAULTS, epochs },
      onEpoch: () => ends.push(performance.now()),
    });
    const seconds = ends.slice(1).map((end, i) => (end - ends[i]!) / 1000);
    return seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)]!;
  },

  /** Seconds per epoch of the same head by `model.fit`, measured on the first `rows` and scaled to all by steps. */
  async fitEpoch(size: Size, rows: number): Promise<number> {
    await startBackend('wasm');
    const table = draw({ ...size, rows });
    const model = articleHead(tf.input({ shape: [FEATURE_LENGTH] }), size.classes);
    const x = tf.tensor2d(table.m, [rows, FEATURE_LENGTH]);
    const y = tf.oneHot(tf.tensor1d(table.truth, 'int32'), size.classes);
    // One step first, so that nothing is compiled or allocated on the clock.
    await model.fit(x.slice([0, 0], [batchSize, FEATURE_LENGTH]), y.slice([0, 0], [batchSize, size.classes]), {
      epochs: 1,
      batchSize,
      verbose: 0,
    });
    const began = performance.now();
    await model.fit(x, y, { epochs: 1, batchSize, verbose: 0 });
    const seconds = (performance.now() - began) / 1000;
    return (seconds * Math.ceil(size.rows / batchSize)) / Math.ceil(rows / batchSize);
  },

  /** Seconds of the linear head, from zero to convergence. */
  async linearFit(size: Size): Promise<number> {
    await startBackend('wasm');
    const table = draw(size);
    const began = performance.now();
    await trainLinear(table, range(0, size.rows), range(0, 0), { penalty: { lambda: 1e-2 }, balanced: true });
    return (performance.now() - began) / 1000;
  },

  /**
   * Seconds per image of one epoch the article's way: tfjs's `model.fit` on images, the frozen network of `model.json`
   * before the head in every step. The batch is smaller than the article's 48, which would not fit wasm's memory.
   */
  async wholeNetworkEpoch(address: string, images: number, batch: number, classes: number): Promise<number> {
    await startBackend('wasm');
    const whole = await tf.loadLayersModel(address);
    for (const layer of whole.layers) layer.trainable = false;
    const features = whole.getLayer('avg_pool').output as tf.SymbolicTensor;
    const model = articleHead(whole.inputs[0]!, classes, features);
    const { uniform } = seededRandom(5);
    const pixels = Float32Array.from({ length: images * IMAGE_SIDE * IMAGE_SIDE * 3 }, () => uniform() * 255);
    const x = tf.tensor4d(pixels, [images, IMAGE_SIDE, IMAGE_SIDE, 3]);
    const y = tf.oneHot(tf.range(0, images, 1, 'int32').mod(tf.scalar(classes, 'int32')) as tf.Tensor1D, classes);
    await model.fit(x.slice([0, 0, 0, 0], [batch, -1, -1, -1]), y.slice([0, 0], [batch, -1]), {
      epochs: 1,
      batchSize: batch,
      verbose: 0,
    });
    const began = performance.now();
    await model.fit(x, y, { epochs: 1, batchSize: batch, verbose: 0 });
    return (performance.now() - began) / 1000 / images;
  },
};
export type HeadsWorker = typeof api;
expose(api);

/** The article's head in tfjs's layers, compiled; `from` is what it stands on, the input itself when not said. */
function articleHead(input: tf.SymbolicTensor, classes: number, from = input): tf.LayersModel {
  let x = tf.layers.dropout({ rate: dropout, name: 'head_dropout' }).apply(from);
  x = tf.layers.dense({ units: hiddenUnits, activation: 'relu', name: 'head_dense' }).apply(x);
  x = tf.layers.batchNormalization({ name: 'head_norm' }).apply(x);
  const output = tf.layers.dense({ units: classes, activation: 'softmax', name: 'head_classes' }).apply(x);
  const model = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  model.compile({
    optimizer: tf.train.adam(1e-3, 0.9, 0.999, 1e-2),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

/** Clouds around a centre for each class, positive as features after ReLU are. */
function draw({ rows, classes }: Size): FeatureTable {
  const { normal } = seededRandom(7);
  const centres = Float32Array.from({ length: classes * FEATURE_LENGTH }, () => Math.max(0, 0.5 + 0.3 * normal()));
  const truth = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const m = new Float32Array(rows * FEATURE_LENGTH);
  for (let i = 0; i < m.length; i++) {
    const [row, c] = [Math.floor(i / FEATURE_LENGTH), i % FEATURE_LENGTH];
    m[i] = Math.max(0, centres[truth[row]! * FEATURE_LENGTH + c]! + 0.5 * normal());
  }
  const q = m.map(value => (value * value) / 25);
  const groups = Array.from({ length: rows }, (_, i) => String(i));
  return { count: rows, length: FEATURE_LENGTH, classes, truth, m, q, groups };
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
