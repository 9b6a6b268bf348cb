// Grad-CAM against gradients by finite differences through an independent forward pass, on small heads.
import { describe, expect, it } from 'vitest';
import { BATCH_NORM_EPSILON, type HeadWeights, type Matrix } from '../../../src/contract/head';
import { seededRandom } from '../../../src/pipeline/head/random';
import { gradCam, logitGradient } from '../../../src/pipeline/report/grad-cam';

const [CHANNELS, HIDDEN, CLASSES, POSITIONS] = [6, 5, 3, 4];
const random = seededRandom(3);
const drawn = (length: number, scale = 1) => Float32Array.from({ length }, () => scale * random.normal());
const matrix = (rows: number, columns: number): Matrix => ({ rows, columns, values: drawn(rows * columns) });

const HEADS: Record<string, HeadWeights> = {
  linear: { kind: 'linear', w: matrix(CHANNELS, CLASSES), b: drawn(CLASSES), l2: 0 },
  article: {
    kind: 'article',
    w1: matrix(CHANNELS, HIDDEN),
    b1: drawn(HIDDEN),
    gamma: drawn(HIDDEN),
    beta: drawn(HIDDEN),
    mean: drawn(HIDDEN),
    variance: drawn(HIDDEN).map(value => value ** 2),
    w2: matrix(HIDDEN, CLASSES),
    b2: drawn(CLASSES),
  },
};
/** As after ReLU: none negative, some zero. */
const activations = drawn(POSITIONS * CHANNELS).map(value => Math.max(0, value));

/** The logit of class k of a whole map, written from the definitions in double precision. */
function logit(head: HeadWeights, map: Float64Array, k: number): number {
  const pooled = Array.from({ length: CHANNELS }, (_, c) => {
    let sum = 0;
    for (let p = 0; p < POSITIONS; p++) sum += map[p * CHANNELS + c]!;
    return sum / POSITIONS;
  });
  const dense = (x: number[], { columns, values }: Matrix, b: Float32Array) =>
    Array.from(b, (bias, j) => x.reduce((sum, xi, i) => sum + xi * values[i * columns + j]!, bias));
  if (head.kind === 'linear') return dense(pooled, head.w, head.b)[k]!;
  const { w1, b1, gamma, beta, mean, variance, w2, b2 } = head;
  const hidden = dense(pooled, w1, b1)
    .map(z => Math.max(0, z))
    .map((z, h) => (gamma[h]! * (z - mean[h]!)) / Math.sqrt(variance[h]! + BATCH_NORM_EPSILON) + beta[h]!);
  return dense(hidden, w2, b2)[k]!;
}

/** ∂logit/∂activation of every position and channel, by central differences. */
function numericGradient(head: HeadWeights, k: number): number[] {
  const step = 1e-5;
  return Array.from(activations, (_, i) => {
    const [up, down] = [Float64Array.from(activations), Float64Array.from(activations)];
    up[i]! += step;
    down[i]! -= step;
    return (logit(head, up, k) - logit(head, down, k)) / (2 * step);
  });
}

describe.each(Object.entries(HEADS))('Grad-CAM through the %s head', (_name, head) => {
  it.each([0, 1, 2])('weighs by the gradient that finite differences give (class %i)', k => {
    const numeric = numericGradient(head, k);
    const pooled = Float32Array.from({ length: CHANNELS }, (_, c) => {
      let sum = 0;
      for (let p = 0; p < POSITIONS; p++) sum += activations[p * CHANNELS + c]!;
      return sum / POSITIONS;
    });
    const analytic = logitGradient(head, pooled, k);
    // The same at every position: that of the mean, divided by the number of positions.
    for (const [i, value] of numeric.entries()) expect(analytic[i % CHANNELS]! / POSITIONS).toBeCloseTo(value, 5);
  });

  it.each([0, 1, 2])('is the rectified sum of channels so weighted (class %i)', k => {
    const numeric = numericGradient(head, k);
    const weights = Array.from({ length: CHANNELS }, (_, c) => {
      let sum = 0;
      for (let p = 0; p < POSITIONS; p++) sum += numeric[p * CHANNELS + c]!;
      return sum / POSITIONS;
    });
    const wanted = Array.from({ length: POSITIONS }, (_, p) =>
      Math.max(
        0,
        weights.reduce((sum, w, c) => sum + w * activations[p * CHANNELS + c]!, 0),
      ),
    );
    for (const [p, value] of gradCam(activations, head, k).entries()) expect(value).toBeCloseTo(wanted[p]!, 5);
  });
});

it('shows nothing where nothing speaks for the class', () => {
  const head: HeadWeights = {
    kind: 'linear',
    w: { rows: 2, columns: 1, values: Float32Array.of(-1, -2) },
    b: new Float32Array(1),
    l2: 0,
  };
  expect([...gradCam(Float32Array.of(1, 2, 3, 4), head, 0)]).toEqual([0, 0]);
});

it('meets hidden units on both sides of ReLU, or the test of the article head would say little', () => {
  const head = HEADS.article as Extract<HeadWeights, { kind: 'article' }>;
  const pooled = Array.from({ length: CHANNELS }, (_, c) => {
    let sum = 0;
    for (let p = 0; p < POSITIONS; p++) sum += activations[p * CHANNELS + c]!;
    return sum / POSITIONS;
  });
  const signs = Array.from(head.b1, (bias, h) =>
    Math.sign(pooled.reduce((sum, x, c) => sum + x * head.w1.values[c * HIDDEN + h]!, bias)),
  );
  expect(new Set(signs)).toEqual(new Set([-1, 1]));
});
