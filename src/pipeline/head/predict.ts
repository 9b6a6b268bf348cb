// What a trained head says of features, in plain arithmetic: one image needs no tensors.
import { BATCH_NORM_EPSILON, type HeadWeights, type Matrix } from '../../contract/head';
import { softmaxRows } from './data';

/** Probabilities in class order for each image's m (length = rows of the head's first matrix). */
export function predict(weights: HeadWeights, m: Float32Array[]): Float32Array[] {
  return m.map(features => {
    const hidden = weights.kind === 'linear' ? features : normalised(weights, features);
    const [w, b] = weights.kind === 'linear' ? [weights.w, weights.b] : [weights.w2, weights.b2];
    return softmaxRows(dense(hidden, w, b), w.columns);
  });
}

/** norm(relu(x·W1 + b1)) with the stored statistics. */
function normalised(weights: Extract<HeadWeights, { kind: 'article' }>, features: Float32Array): Float32Array {
  const { w1, b1, gamma, beta, mean, variance } = weights;
  return dense(features, w1, b1).map(
    (z, i) => ((Math.max(z, 0) - mean[i]!) / Math.sqrt(variance[i]! + BATCH_NORM_EPSILON)) * gamma[i]! + beta[i]!,
  );
}

function dense(x: Float32Array, { columns, values }: Matrix, b: Float32Array): Float32Array {
  const sums = Float64Array.from(b);
  for (const [i, xi] of x.entries()) {
    if (xi === 0) continue;
    const row = values.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < columns; j++) sums[j]! += xi * row[j]!;
  }
  return Float32Array.from(sums);
}
