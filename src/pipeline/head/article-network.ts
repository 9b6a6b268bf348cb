// The article's head as tensors: forward, gradients written out by hand, and Adam as Keras's older optimiser has it.
import * as tf from '@tensorflow/tfjs-core';
import { type ArticleOptions, BATCH_NORM_EPSILON, type HeadWeights } from '../../contract/head';
import type { Random } from './random';

type ArticleWeights = Extract<HeadWeights, { kind: 'article' }>;

/**
 * Trainable weights, in this order everywhere below. `w1` is kept transposed, [hidden × inputs], and stands on the left
 * of its product: the wasm backend rearranges the right-hand matrix before it multiplies, which takes three times as
 * long as the product itself for a new matrix of this size, and after every step it is new.
 */
const NAMES = ['w1', 'b1', 'gamma', 'beta', 'w2', 'b2'] as const;
type Values = Record<(typeof NAMES)[number], tf.Tensor>;

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Keras's momentum of batch norm's moving averages. */
const MOMENTUM = 0.99;

export interface HiddenLayer {
  /** relu(x·W1 + b1), [n × hidden]; the caller disposes it. */
  hidden(x: tf.Tensor2D): tf.Tensor2D;
  dispose(): void;
}

export interface ArticleNetwork {
  /**
   * One step on a batch: `x` [n × inputs], classes, and a weight per row. Gives the batch's logits [n × classes] from
   * before the step.
   */
  step(x: Float32Array, truth: Int32Array, rowWeights: Float32Array): Promise<Float32Array>;
  /** The hidden layer of the weights as they stand, for many rows; nothing may be stepped before it is disposed. */
  open(): HiddenLayer;
  /** The weights with batch norm's moving averages as they stand. */
  read(): Promise<ArticleWeights>;
  dispose(): void;
}

/** Glorot-uniform matrices and zero biases (Keras's defaults), or the given weights to go on from. */
export function createArticleNetwork(
  inputs: number,
  classes: number,
  options: ArticleOptions,
  random: Random,
  initial?: ArticleWeights,
): ArticleNetwork {
  const { hiddenUnits: units } = options;
  const start = initial ?? freshWeights(inputs, units, classes, random);
  let weights: Values = {
    w1: tf.tidy(() => tf.transpose(tf.tensor2d(start.w1.values, [inputs, units]))),
    b1: tf.tensor1d(start.b1),
    gamma: tf.tensor1d(start.gamma),
    beta: tf.tensor1d(start.beta),
    w2: tf.tensor2d(start.w2.values, [units, classes]),
    b2: tf.tensor1d(start.b2),
  };
  let first = mapValues(name => tf.zerosLike(weights[name]));
  let second = mapValues(name => tf.zerosLike(weights[name]));
  let moving = { mean: tf.tensor1d(start.mean), variance: tf.tensor1d(start.variance) };
  let steps = 0;

  return {
    async step(x, truth, rowWeights) {
      const rate = learningRate(options, steps++);
      const next = tf.tidy(() => {
        const { gradients, mean, variance, logits } = backward(weights, x, truth, rowWeights, inputs, classes);
        const updated = mapValues(name =>
          adam(weights[name], first[name], second[name], gradients[name], rate, options),
        );
        return {
          weights: mapValues(name => updated[name].weight),
          first: mapValues(name => updated[name].first),
          second: mapValues(name => updated[name].second),
          moving: { mean: blend(moving.mean, mean), variance: blend(moving.variance, variance) },
          logits,
        };
      });
      tf.dispose([weights, first, second, moving]);
      ({ weights, first, second, moving } = next);
      const logits = (await next.logits.data()) as Float32Array;
      next.logits.dispose();
      return logits;
    },
    open() {
      const upright = tf.transpose(weights.w1 as tf.Tensor2D);
      return {
        hidden: x => tf.tidy(() => tf.relu(tf.add(tf.matMul(x, upright), weights.b1))) as tf.Tensor2D,
        dispose: () => upright.dispose(),
      };
    },
    async read() {
      const read = async (tensor: tf.Tensor) => new Float32Array((await tensor.data()) as Float32Array);
      const upright = tf.transpose(weights.w1);
      const w1 = await read(upright);
      upright.dispose();
      return {
        kind: 'article',
        w1: { rows: inputs, columns: units, values: w1 },
        b1: await read(weights.b1),
        gamma: await read(weights.gamma),
        beta: await read(weights.beta),
        mean: await read(moving.mean),
        variance: await read(moving.variance),
        w2: { rows: units, columns: classes, values: await read(weights.w2) },
        b2: await read(weights.b2),
      };
    },
    dispose: () => tf.dispose([weights, first, second, moving]),
  };
}

/**
 * Gradients of the weighted cross-entropy, averaged over the batch's rows as Keras does. Every transpose is explicit:
 * the wasm backend's matMul is 19 times slower with its transpose flags.
 */
function backward(
  { w1, b1, gamma, beta, w2, b2 }: Values,
  rows: Float32Array,
  truth: Int32Array,
  rowWeights: Float32Array,
  inputs: number,
  classes: number,
) {
  const n = truth.length;
  const x = tf.tensor2d(rows, [n, inputs]);
  const z = tf.add(tf.transpose(tf.matMul(w1 as tf.Tensor2D, tf.transpose(x))), b1);
  const hidden = tf.relu(z);
  const mean = tf.mean(hidden, 0) as tf.Tensor1D;
  const centred = tf.sub(hidden, mean);
  const variance = tf.mean(tf.square(centred), 0) as tf.Tensor1D;
  const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
  const norm = tf.mul(centred, inverse);
  const y = tf.add(tf.mul(norm, gamma), beta) as tf.Tensor2D;
  const logits = tf.add(tf.matMul(y, w2 as tf.Tensor2D), b2) as tf.Tensor2D;

  const target = new Float32Array(n * classes);
  for (const [i, k] of truth.entries()) target[i * classes + k] = 1;
  const scale = tf.tensor2d(
    rowWeights.map(weight => weight / n),
    [n, 1],
  );
  const dLogits = tf.mul(tf.sub(tf.softmax(logits), tf.tensor2d(target, [n, classes])), scale) as tf.Tensor2D;
  const dY = tf.matMul(dLogits, tf.transpose(w2 as tf.Tensor2D));
  const dNorm = tf.mul(dY, gamma);
  // The batch's own mean and variance depend on every row, hence the two means taken off.
  const dHidden = tf.mul(
    inverse,
    tf.sub(tf.sub(dNorm, tf.mean(dNorm, 0)), tf.mul(norm, tf.mean(tf.mul(dNorm, norm), 0))),
  );
  const dZ = tf.mul(dHidden, tf.cast(tf.greater(z, 0), 'float32')) as tf.Tensor2D;
  const gradients: Values = {
    w1: tf.matMul(tf.transpose(dZ), x),
    b1: tf.sum(dZ, 0),
    gamma: tf.sum(tf.mul(dY, norm), 0),
    beta: tf.sum(dY, 0),
    w2: tf.matMul(tf.transpose(y), dLogits),
    b2: tf.sum(dLogits, 0),
  };
  return { gradients, mean, variance, logits };
}

/** lr/(1 + decay·t) · √(1 − β₂^(t+1)) / (1 − β₁^(t+1)) before step t (Kingma & Ba 2014, the form before their section 2.1). */
function learningRate({ learningRate: rate, decay }: ArticleOptions, t: number): number {
  return ((rate / (1 + decay * t)) * Math.sqrt(1 - BETA2 ** (t + 1))) / (1 - BETA1 ** (t + 1));
}

/**
 * Keras adds epsilon outside the root. The moments are kept without their factors, m / (1 − β₁) and v / (1 − β₂), which
 * move into rate and epsilon: two passes less over every weight.
 */
function adam(
  weight: tf.Tensor,
  first: tf.Tensor,
  second: tf.Tensor,
  gradient: tf.Tensor,
  rate: number,
  { epsilon }: ArticleOptions,
) {
  const m = tf.add(tf.mul(first, BETA1), gradient);
  const v = tf.add(tf.mul(second, BETA2), tf.square(gradient));
  const scale = Math.sqrt(1 - BETA2);
  const change = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon / scale)), (rate * (1 - BETA1)) / scale);
  return { weight: tf.sub(weight, change), first: m, second: v };
}

function blend(old: tf.Tensor1D, fresh: tf.Tensor1D): tf.Tensor1D {
  return tf.add(tf.mul(old, MOMENTUM), tf.mul(fresh, 1 - MOMENTUM));
}

function mapValues<T>(make: (name: (typeof NAMES)[number]) => T): Record<(typeof NAMES)[number], T> {
  return Object.fromEntries(NAMES.map(name => [name, make(name)])) as Record<(typeof NAMES)[number], T>;
}

function freshWeights(inputs: number, units: number, classes: number, random: Random): ArticleWeights {
  const glorot = (rows: number, columns: number) => {
    const limit = Math.sqrt(6 / (rows + columns));
    const values = new Float32Array(rows * columns);
    for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * limit;
    return { rows, columns, values };
  };
  return {
    kind: 'article',
    w1: glorot(inputs, units),
    b1: new Float32Array(units),
    gamma: new Float32Array(units).fill(1),
    beta: new Float32Array(units),
    mean: new Float32Array(units),
    variance: new Float32Array(units).fill(1),
    w2: glorot(units, classes),
    b2: new Float32Array(classes),
  };
}
