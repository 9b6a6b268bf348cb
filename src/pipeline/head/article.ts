// Trains the article's head: epochs over cached features, batch-norm statistics recomputed, best epoch kept.
import type { ArticleOptions, EpochRecord } from '../../contract/head';
import { type ArticleNetwork, type ArticleWeights, createArticleNetwork, ROWS_AT_ONCE } from './article-network';
import { classWeights, type FeatureTable, score } from './data';
import { createDropout } from './dropout';
import type { Moments } from './norm';
import { seededRandom } from './random';
import { yielding } from './yielding';

type Breathe = () => Promise<void>;

export interface TrainedArticle {
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
  /** Weights to resume from instead of fresh ones. */
  initial?: ArticleWeights | undefined;
  onEpoch?: (history: EpochRecord[]) => void;
  /** Aborting ends the epoch at hand early and keeps the best before it; the first epoch is evaluated as far as it came. */
  signal?: AbortSignal;
}

/** Repeats itself: one seed gives one set of weights, whatever backend the features came from. */
export async function trainArticle(run: ArticleRun): Promise<TrainedArticle> {
  const { table, train, valid, options, signal } = run;
  const order = seededRandom(options.seed + 1);
  const drop = createDropout(table, options.dropout, seededRandom(options.seed + 2));
  const weightOf = classWeights(table, train, options.classWeights);
  const network = createArticleNetwork(table.length, table.classes, options, seededRandom(options.seed), run.initial);
  const breathe = yielding();
  const history: EpochRecord[] = [];
  let best: { weights: ArticleWeights; epoch: number; valLoss: number } | undefined;
  for (let epoch = 1; epoch <= options.epochs && !(signal?.aborted && best); epoch++) {
    const rows = order.shuffle(train.slice());
    let [loss, correct, seen] = [0, 0, 0];
    for (let start = 0; start < rows.length; start += options.batchSize) {
      const batch = rows.subarray(start, start + options.batchSize);
      const truth = Int32Array.from(batch, row => table.truth[row]!);
      const weights = Float32Array.from(truth, k => weightOf[k]!);
      const p = network.step(drop(batch), truth, weights);
      for (const [i, k] of truth.entries()) loss -= weights[i]! * Math.log(Math.max(p[i * table.classes + k]!, 1e-7));
      correct += score(table, batch, p).acc * batch.length;
      seen += batch.length;
      await breathe();
      if (signal?.aborted) break;
    }
    if (signal?.aborted && best) break;
    // Without validation rows only the last epoch is ever asked for.
    if (valid.length === 0 && epoch < options.epochs && !signal?.aborted) {
      history.push({ epoch, loss: loss / seen, acc: correct / seen, valLoss: Number.NaN, valAcc: Number.NaN });
      run.onEpoch?.([...history]);
      continue;
    }
    const moments = options.strictKeras ? network.moving() : await momentsOver(network, table, train, breathe);
    const p = await classifyRows(network, table, valid, moments, breathe);
    const { loss: valLoss, acc: valAcc } = score(table, valid, p);
    history.push({ epoch, loss: loss / seen, acc: correct / seen, valLoss, valAcc });
    // A loss that is no number (no validation rows) never compares smaller: the later epoch replaces the earlier.
    if (!best || !(valLoss >= best.valLoss)) best = { weights: network.read(moments), epoch, valLoss };
    run.onEpoch?.([...history]);
  }
  return { weights: best!.weights, history, bestEpoch: best!.epoch };
}

/** Mean and variance of each hidden unit over the rows, by the weights as they stand. */
async function momentsOver(network: ArticleNetwork, table: FeatureTable, rows: Int32Array, breathe: Breathe) {
  const moments = network.hiddenMoments();
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    moments.add(table.m, rows.subarray(start, start + ROWS_AT_ONCE));
    await breathe();
  }
  return moments.read();
}

async function classifyRows(
  network: ArticleNetwork,
  table: FeatureTable,
  rows: Int32Array,
  moments: Moments,
  breathe: Breathe,
): Promise<Float32Array> {
  const all = new Float32Array(rows.length * table.classes);
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const part = rows.subarray(start, start + ROWS_AT_ONCE);
    all.set(network.classify(table.m, part, moments), start * table.classes);
    await breathe();
  }
  return all;
}
