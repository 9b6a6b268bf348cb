// The linear head: softmax regression with an L2 penalty, fitted by L-BFGS with the matrix products on the tensor backend.
import * as tf from '@tensorflow/tfjs-core';
import type { EpochRecord, HeadWeights, Penalty } from '../../contract/head';
import { classify } from './classify';
import { classWeights, type FeatureTable, gather, largest, score, softmaxRows } from './data';
import { minimise } from './lbfgs';
import { yielding } from './yielding';

export type LinearWeights = Extract<HeadWeights, { kind: 'linear' }>;

/** Below this largest gradient component the loss no longer moves in its fourth digit. */
const TOLERANCE = 1e-4;
const MAX_ITERATIONS = 150;

/**
 * Opens rows for fitting: uploads them once, centred (which the free bias undoes, but the search is shorter), beside
 * their transpose. `dispose` frees both.
 */
export function openLinear(table: FeatureTable, rows: Int32Array, balanced: boolean) {
  const { length, classes } = table;
  const values = gather(table, rows);
  const centre = columnMeans(values, length);
  for (let i = 0; i < values.length; i++) values[i]! -= centre[i % length]!;
  const hundredth = totalVariance(values, rows.length) / 100;
  const x = tf.tensor2d(values, [rows.length, length]);
  const transposed = tf.transpose(x);
  const weightOf = classWeights(table, rows, balanced);
  const truth = Int32Array.from(rows, row => table.truth[row]!);
  const breathe = yielding();

  /** Mean weighted cross-entropy + l2/2 · ‖W‖² and its gradient; `parameters` are W [length × classes], then b. */
  async function evaluate(parameters: Float64Array, l2: number, seen: (loss: number, acc: number) => void) {
    const size = length * classes;
    const logits = tf.tidy(() => {
      const w = tf.tensor2d(Float32Array.from(parameters.subarray(0, size)), [length, classes]);
      return tf.add(tf.matMul(x, w), tf.tensor1d(Float32Array.from(parameters.subarray(size))));
    });
    const p = softmaxRows(new Float32Array((await logits.data()) as Float32Array), classes);
    logits.dispose();
    let loss = 0;
    let correct = 0;
    const gradient = new Float64Array(parameters.length);
    for (const [i, k] of truth.entries()) {
      const row = p.subarray(i * classes, (i + 1) * classes);
      const weight = weightOf[k]! / rows.length;
      if (largest(row) === k) correct++;
      loss -= weight * Math.log(Math.max(row[k]!, 1e-30));
      row[k]! -= 1;
      for (let c = 0; c < classes; c++) {
        row[c]! *= weight;
        gradient[size + c]! += row[c]!;
      }
    }
    const slope = tf.tidy(() => tf.matMul(transposed, tf.tensor2d(p, [rows.length, classes])));
    const slopes = await slope.data();
    slope.dispose();
    let norm = 0;
    for (let i = 0; i < size; i++) {
      gradient[i] = slopes[i]! + l2 * parameters[i]!;
      norm += parameters[i]! * parameters[i]!;
    }
    seen(loss, correct / rows.length);
    return { value: loss + (l2 / 2) * norm, gradient };
  }

  return {
    /** The parameters at which a fit of these rows begins when it resumes from a head. */
    from({ w, b }: LinearWeights): Float64Array {
      const parameters = Float64Array.from([...w.values, ...b]);
      const size = length * classes;
      for (let i = 0; i < size; i++)
        parameters[size + (i % classes)]! += centre[Math.floor(i / classes)]! * w.values[i]!;
      return parameters;
    },

    /**
     * Fits with one penalty, from `start` (another fit of the same rows) or from zero. `onIteration` gets training loss and
     * accuracy and the weights so far; the fit stops early, with what it has, once the signal aborts.
     */
    async fit(
      penalty: Penalty,
      start?: Float64Array,
      onIteration?: (loss: number, acc: number, weights: () => LinearWeights) => Promise<void>,
      signal?: AbortSignal,
    ): Promise<{ weights: LinearWeights; parameters: Float64Array; loss: number; acc: number }> {
      const l2 = 'lambda' in penalty ? penalty.lambda * hundredth : penalty.l2;
      const take = () => exported(parameters, centre, table, l2, penalty);
      const parameters = start?.slice() ?? new Float64Array((length + 1) * classes);
      let [loss, acc] = [Number.NaN, Number.NaN];
      const seen = (newLoss: number, newAcc: number) => {
        [loss, acc] = [newLoss, newAcc];
      };
      await minimise(
        parameters,
        x => evaluate(x, l2, seen),
        { tolerance: TOLERANCE, maxIterations: MAX_ITERATIONS },
        async () => {
          await onIteration?.(loss, acc, take);
          await breathe();
          return !signal?.aborted;
        },
      );
      return { weights: take(), parameters, loss, acc };
    },
    dispose: () => tf.dispose([x, transposed]),
  };
}

/**
 * One fit with a record per iteration, validated on the rows it does not see (they may be none: NaN). It begins at
 * `initial` or from zero; one that begins at its end has one record.
 */
export async function trainLinear(
  table: FeatureTable,
  train: Int32Array,
  valid: Int32Array,
  { penalty, balanced, initial }: { penalty: Penalty; balanced: boolean; initial?: LinearWeights | undefined },
  onEpoch?: (history: EpochRecord[]) => void,
  signal?: AbortSignal,
): Promise<{ weights: LinearWeights; history: EpochRecord[] }> {
  const problem = openLinear(table, train, balanced);
  const history: EpochRecord[] = [];
  const record = async (loss: number, acc: number, weightsSoFar: () => LinearWeights) => {
    const { loss: valLoss, acc: valAcc } =
      valid.length > 0
        ? score(table, valid, await classify(weightsSoFar(), table, valid))
        : { loss: Number.NaN, acc: Number.NaN };
    history.push({ epoch: history.length + 1, loss, acc, valLoss, valAcc });
    onEpoch?.([...history]);
  };
  try {
    const { weights, loss, acc } = await problem.fit(penalty, initial && problem.from(initial), record, signal);
    if (history.length === 0) await record(loss, acc, () => weights);
    return { weights, history };
  } finally {
    problem.dispose();
  }
}

/** The centring moves into the bias: (x − c)·W + b = x·W + (b − c·W). */
function exported(
  parameters: Float64Array,
  centre: Float64Array,
  table: FeatureTable,
  l2: number,
  penalty: Penalty,
): LinearWeights {
  const { length, classes } = table;
  const size = length * classes;
  const b = parameters.slice(size);
  for (let i = 0; i < size; i++) b[i % classes]! -= centre[Math.floor(i / classes)]! * parameters[i]!;
  const values = Float32Array.from(parameters.subarray(0, size));
  return { kind: 'linear', w: { rows: length, columns: classes, values }, b: Float32Array.from(b), l2, ...penalty };
}

/** Sum of the variances of all columns, of rows whose columns have mean 0. */
function totalVariance(centred: Float32Array, rows: number): number {
  return centred.reduce((sum, value) => sum + value * value, 0) / rows;
}

function columnMeans(values: Float32Array, columns: number): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) means[i % columns]! += values[i]!;
  return means.map(sum => sum / (values.length / columns));
}
