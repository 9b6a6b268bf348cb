// Where in an image the evidence for one class lies: Grad-CAM through the trained head.
import { BATCH_NORM_EPSILON, type HeadWeights, type Matrix } from '../../contract/head';

/**
 * Gradient of class k's logit with respect to the pooled features m, of the length of m. Dropout is off, as in every
 * prediction, and batch norm is the affine map that its stored statistics make of it.
 */
export function logitGradient(head: HeadWeights, m: Float32Array, k: number): Float32Array {
  if (head.kind === 'linear') return column(head.w, k);
  const { w1, b1, gamma, variance, w2 } = head;
  const active = activeUnits(w1, b1, m);
  // ∂logit/∂z per hidden unit: through the second matrix, batch norm, and ReLU where it lets through.
  const back = column(w2, k).map((w, h) =>
    active[h] ? (w * gamma[h]!) / Math.sqrt(variance[h]! + BATCH_NORM_EPSILON) : 0,
  );
  return Float32Array.from({ length: w1.rows }, (_, c) => {
    let sum = 0;
    for (let h = 0; h < w1.columns; h++) sum += w1.values[c * w1.columns + h]! * back[h]!;
    return sum;
  });
}

/**
 * Grad-CAM of class k: ReLU of the channels' activations, each weighted by the mean gradient of the class's logit over
 * the positions (R. R. Selvaraju et al., "Grad-CAM", ICCV 2017, equations 1 and 2). The head sees the mean over the
 * positions only, so the gradient at every position is that of the mean divided by their number.
 * @param activations [positions × channels] of one image, row-major. @returns one value ≥ 0 for each position.
 */
export function gradCam(activations: Float32Array, head: HeadWeights, k: number): Float32Array {
  const channels = head.kind === 'linear' ? head.w.rows : head.w1.rows;
  const positions = activations.length / channels;
  const gradient = logitGradient(head, meanOver(activations, positions, channels), k);
  return Float32Array.from({ length: positions }, (_, position) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += gradient[c]! * activations[position * channels + c]!;
    return Math.max(0, sum / positions);
  });
}

function meanOver(activations: Float32Array, positions: number, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < activations.length; i++) sums[i % channels]! += activations[i]!;
  return Float32Array.from(sums, sum => sum / positions);
}

/** Which hidden units ReLU lets through: x·W1 + b1 > 0. */
function activeUnits({ columns, values }: Matrix, b: Float32Array, x: Float32Array): boolean[] {
  const sums = Float64Array.from(b);
  for (const [i, xi] of x.entries()) {
    if (xi === 0) continue;
    for (let j = 0; j < columns; j++) sums[j]! += xi * values[i * columns + j]!;
  }
  return Array.from(sums, sum => sum > 0);
}

function column({ rows, columns, values }: Matrix, k: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, i) => values[i * columns + k]!);
}
