// Trains the article's head: epochs over cached features, batch-norm statistics recomputed, best epoch kept.
import * as tf from '@tensorflow/tfjs-core';
import type { ArticleOptions, EpochRecord, HeadWeights } from '../../contract/head';
import { createArticleNetwork } from './article-network';
import { classify } from './classify';
import { classWeights, type FeatureTable, gather, score, softmaxRows } from './data';
import { seededRandom } from './random';
import { yielding } from './yielding';

export type ArticleWeights = Extract<HeadWeights, { kind: 'article' }>;
type Network = ReturnType<typeof createArticleNetwork>;

/** Rows per pass when statistics are recomputed: bounds the memory of the hidden layer. */
const CHUNK = 512;

export interface ArticleResult {
  weights: ArticleWeights;
  history: EpochRecord[];
  /** 1-based epoch whose weights these are: of smallest validation loss, or the last where there are no validation rows. */
  bestEpoch: number;
}

export interface ArticleRun {
  table: FeatureTable;
  train: Int32Array;
  /** May be empty; then validation numbers are NaN and the last epoch is kept. */
  valid: Int32Array;
  options: ArticleOptions;
  /** Weights to go on from instead of fresh ones. */
  initial?: ArticleWeights | undefined;
  onEpoch?: (history: EpochRecord[]) => void;
  /** Aborting ends the epoch at hand early, evaluates, and keeps the best so far. */
  signal?: AbortSignal;
}

/** The same seed on the same backend gives the same weights. */
export async function trainArticle(run: ArticleRun): Promise<ArticleResult> {
  const { table, train, valid, options, signal } = run;
  const order = seededRandom(options.seed + 1);
  const noise = seededRandom(options.seed + 2);
  const weightOf = classWeights(table, train, options.classWeights);
  const network = createArticleNetwork(table.length, table.classes, options, seededRandom(options.seed), run.initial);
  const breathe = yielding();
  const history: EpochRecord[] = [];
  let best: { weights: ArticleWeights; epoch: number; valLoss: number } | undefined;
  try {
    for (let epoch = 1; epoch <= options.epochs && !(signal?.aborted && best); epoch++) {
      const rows = order.shuffle(train.slice());
      let [loss, correct, seen] = [0, 0, 0];
      for (let start = 0; start < rows.length; start += options.batchSize) {
        const batch = rows.subarray(start, start + options.batchSize);
        const truth = Int32Array.from(batch, row => table.truth[row]!);
        const weights = Float32Array.from(truth, k => weightOf[k]!);
        const logits = await network.step(dropped(table, batch, options.dropout, noise.normal), truth, weights);
        const p = softmaxRows(logits, table.classes);
        for (const [i, k] of truth.entries()) loss -= weights[i]! * Math.log(Math.max(p[i * table.classes + k]!, 1e-7));
        correct += score(table, batch, p).acc * batch.length;
        seen += batch.length;
        await breathe();
        if (signal?.aborted) break;
      }
      // Without validation rows only the last epoch is ever asked for.
      if (valid.length === 0 && epoch < options.epochs && !signal?.aborted) {
        history.push({ epoch, loss: loss / seen, acc: correct / seen, valLoss: Number.NaN, valAcc: Number.NaN });
        run.onEpoch?.([...history]);
        continue;
      }
      const weights = await evaluable(network, table, train, options);
      const { loss: valLoss, acc: valAcc } = score(table, valid, await classify(weights, table, valid));
      history.push({ epoch, loss: loss / seen, acc: correct / seen, valLoss, valAcc });
      // A loss that is no number (no validation rows) never compares smaller: the later epoch replaces the earlier.
      if (!best || !(valLoss >= best.valLoss)) best = { weights, epoch, valLoss };
      run.onEpoch?.([...history]);
    }
    return { weights: best!.weights, history, bestEpoch: best!.epoch };
  } finally {
    network.dispose();
  }
}

/**
 * Dropout before pooling, seen after it: the pooled vector has mean m and variance q·p/(1−p) over the masks, so
 * m + ε·√(q·p/(1−p)) with ε standard normal stands for it (a sum of 49 independent terms is close to normal).
 */
function dropped({ m, q, length }: FeatureTable, rows: Int32Array, rate: number, normal: () => number): Float32Array {
  const x = new Float32Array(rows.length * length);
  const factor = rate / (1 - rate);
  for (const [i, row] of rows.entries()) {
    const [from, to] = [row * length, i * length];
    for (let c = 0; c < length; c++) {
      x[to + c] = rate === 0 ? m[from + c]! : m[from + c]! + normal() * Math.sqrt(q[from + c]! * factor);
    }
  }
  return x;
}

/** The weights as they are evaluated and exported: with statistics of the training features, or Keras's averages. */
async function evaluable(network: Network, table: FeatureTable, train: Int32Array, { strictKeras }: ArticleOptions) {
  const weights = await network.read();
  return strictKeras ? weights : { ...weights, ...(await hiddenStatistics(network, table, train)) };
}

/** Mean and variance of each hidden unit over the rows, merged chunk by chunk (Chan, Golub & LeVeque 1979). */
async function hiddenStatistics(network: Network, table: FeatureTable, rows: Int32Array) {
  const layer = network.open();
  let count = 0;
  let mean = new Float64Array(0);
  let squares = new Float64Array(0);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.subarray(start, start + CHUNK);
    const moments = tf.tidy(() => {
      const hidden = layer.hidden(tf.tensor2d(gather(table, part), [part.length, table.length]));
      return tf.moments(hidden, 0);
    });
    const [partMean, partVariance] = await Promise.all([moments.mean.data(), moments.variance.data()]);
    tf.dispose(moments as unknown as tf.TensorContainer);
    if (count === 0) [mean, squares] = [new Float64Array(partMean.length), new Float64Array(partMean.length)];
    const total = count + part.length;
    for (const [i, value] of partMean.entries()) {
      const delta = value - mean[i]!;
      mean[i]! += (delta * part.length) / total;
      squares[i]! += partVariance[i]! * part.length + (delta * delta * count * part.length) / total;
    }
    count = total;
  }
  layer.dispose();
  return { mean: Float32Array.from(mean), variance: Float32Array.from(squares, value => value / count) };
}
