// The article's head in numbers: dense, ReLU, batch norm, dense, softmax, and the gradients of all of it written out.
import type { ArticleOptions, HeadWeights } from '../../contract/head';
import { bestArithmetic } from '../../kernels/trial';
import { createWorkspace } from '../../kernels/workspace';
import { createAdam } from './adam';
import { softmaxRows } from './data';
import { createDense } from './dense';
import { createMoments, createNorm, type Moments } from './norm';
import type { Random } from './random';

export type ArticleWeights = Extract<HeadWeights, { kind: 'article' }>;

/** Keras's momentum of batch norm's moving averages. */
const MOMENTUM = 0.99;
/** Rows at most in one call where nothing is learnt: more would not stay in the cache. */
export const ROWS_AT_ONCE = 64;

export interface ArticleNetwork {
  /**
   * One step on a batch: `x` [n × inputs], classes, and a weight per row. Gives the batch's probabilities [n × classes]
   * from before the step.
   */
  step(x: Float32Array, truth: Int32Array, rowWeights: Float32Array): Float32Array;
  /** Mean and variance of each hidden unit, relu(x·W1 + b1), over rows of `m` in parts of `ROWS_AT_ONCE`. */
  hiddenMoments(): { add(m: Float32Array, rows: Int32Array): void; read(): Moments };
  /** Keras's moving averages as they stand. */
  moving(): Moments;
  /** Probabilities [n × classes] of up to `ROWS_AT_ONCE` rows of `m`, with batch norm by these statistics. */
  classify(m: Float32Array, rows: Int32Array, moments: Moments): Float32Array;
  /** The weights as they stand, with these statistics. */
  read(moments: Moments): ArticleWeights;
}

/** Glorot-uniform matrices and zero biases (Keras's defaults), or the given weights to resume from. */
export function createArticleNetwork(
  inputs: number,
  classes: number,
  options: ArticleOptions,
  random: Random,
  initial?: ArticleWeights,
): ArticleNetwork {
  const { hiddenUnits, batchSize } = options;
  const start = initial ?? freshWeights(inputs, hiddenUnits, classes, random);
  const workspace = createWorkspace(bestArithmetic().arithmetic);
  const adam = createAdam(workspace, options);
  const most = Math.max(batchSize, ROWS_AT_ONCE);
  const first = createDense(workspace, adam, start.w1, start.b1, most);
  const last = createDense(workspace, adam, start.w2, start.b2, most);
  const units = first.outputs;
  const norm = createNorm(workspace, adam, units, start.gamma, start.beta);
  const dNormed = workspace.take(last.input.length);
  const views = [first.input, first.output, first.slopes, last.input, last.output, last.slopes, dNormed];
  const [x, hidden, dHidden, normed, logits, dLogits, dY] = views.map(workspace.floats) as Views;
  const moving: Moments = { mean: new Float64Array(units), variance: new Float64Array(units).fill(1) };
  moving.mean.set(start.mean);
  moving.variance.set(start.variance);

  /** Computes the hidden layer of these rows, each `inputs` long; gives their number. */
  function forward(values: Float32Array, rows: ArrayLike<number>): number {
    for (let i = 0; i < rows.length; i++) {
      x.set(values.subarray(rows[i]! * inputs, (rows[i]! + 1) * inputs), i * first.inputs);
    }
    first.forward(rows.length, 0);
    return rows.length;
  }

  function probabilities(n: number, moments: Moments): Float32Array {
    norm.forward(hidden, n, moments, normed);
    last.forward(n);
    const p = new Float32Array(n * classes);
    for (let i = 0; i < n; i++) p.set(logits.subarray(i * last.outputs, i * last.outputs + classes), i * classes);
    return softmaxRows(p, classes);
  }

  return {
    step(batch, truth, rowWeights) {
      adam.begin();
      const n = forward(batch, [...truth.keys()]);
      const own = createMoments(units);
      own.add(hidden, n);
      const moments = own.read();
      const p = probabilities(n, moments);
      // The weighted cross-entropy is averaged over the batch's rows, as Keras does.
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < classes; k++) {
          const wanted = truth[i] === k ? 1 : 0;
          dLogits[i * last.outputs + k] = ((p[i * classes + k]! - wanted) * rowWeights[i]!) / n;
        }
      }
      last.back(n, dNormed);
      last.learn(n);
      norm.back(hidden, n, moments, dY, dHidden);
      first.learn(n);
      blend(moving.mean, moments.mean);
      blend(moving.variance, moments.variance);
      return p;
    },
    hiddenMoments() {
      const all = createMoments(units);
      return { add: (m, rows) => all.add(hidden, forward(m, rows)), read: all.read };
    },
    moving: () => moving,
    classify: (m, rows, moments) => probabilities(forward(m, rows), moments),
    read({ mean, variance }) {
      const [{ w: w1, b: b1 }, { w: w2, b: b2 }] = [first.read(), last.read()];
      const own = (values: Float64Array) => Float32Array.from(values.subarray(0, b1.length));
      return { kind: 'article', w1, b1, ...norm.read(), mean: own(mean), variance: own(variance), w2, b2 };
    },
  };
}

/** Moves the average towards a fresh value, as Keras does. */
function blend(average: Float64Array, fresh: Float64Array): void {
  for (let j = 0; j < average.length; j++) average[j] = MOMENTUM * average[j]! + (1 - MOMENTUM) * fresh[j]!;
}

type Views = [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

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
