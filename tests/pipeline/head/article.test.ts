// The article's head: the tensor step against the same step in plain arithmetic, its gradients against differences, and its rules.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ARTICLE_DEFAULTS, type ArticleOptions, type HeadWeights } from '../../../src/contract/head';
import { trainArticle } from '../../../src/pipeline/head/article';
import { createArticleNetwork } from '../../../src/pipeline/head/article-network';
import { classify } from '../../../src/pipeline/head/classify';
import { predict } from '../../../src/pipeline/head/predict';
import { seededRandom } from '../../../src/pipeline/head/random';
import { drawTable, range } from './table';

type Article = Extract<HeadWeights, { kind: 'article' }>;
const OPTIONS: ArticleOptions = { ...ARTICLE_DEFAULTS, hiddenUnits: 8, batchSize: 16, epochs: 4 };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Loss and activations of a batch in float64 loops; the norm uses the batch's own statistics. */
function plainLoss(weights: Article, x: number[][], truth: number[], rowWeights: number[]) {
  const { w1, b1, gamma, beta, w2, b2 } = weights;
  const hidden = x.map(row =>
    Array.from(b1, (b, j) =>
      Math.max(
        0,
        row.reduce((s, v, i) => s + v * w1.values[i * w1.columns + j]!, b),
      ),
    ),
  );
  const n = x.length;
  const mean = Array.from(b1, (_, j) => hidden.reduce((s, h) => s + h[j]!, 0) / n);
  const variance = Array.from(b1, (_, j) => hidden.reduce((s, h) => s + (h[j]! - mean[j]!) ** 2, 0) / n);
  let loss = 0;
  for (const [r, h] of hidden.entries()) {
    const y = h.map((v, j) => ((v - mean[j]!) / Math.sqrt(variance[j]! + 1e-3)) * gamma[j]! + beta[j]!);
    const logits = Array.from(b2, (b, k) => y.reduce((s, v, j) => s + v * w2.values[j * w2.columns + k]!, b));
    const top = Math.max(...logits);
    const sum = logits.reduce((s, l) => s + Math.exp(l - top), 0);
    loss -= (rowWeights[r]! * (logits[truth[r]!]! - top - Math.log(sum))) / n;
  }
  return { loss, mean, variance };
}

/** The trainable arrays of the weights, by name, sharing memory. */
function arrays(weights: Article): Record<string, Float32Array> {
  const { w1, b1, gamma, beta, w2, b2 } = weights;
  return { w1: w1.values, b1, gamma, beta, w2: w2.values, b2 };
}

function batch(rows: number) {
  const table = drawTable({ count: rows, length: 6, classes: 3 });
  const x = Array.from({ length: rows }, (_, r) => [...table.m.subarray(r * 6, (r + 1) * 6)]);
  return { table, x, truth: [...table.truth], weights: x.map((_, i) => 0.5 + (i % 3) / 2) };
}

describe('one step', () => {
  it.each([1, 10])('equals Adam on numerical gradients, batch of %i', async rows => {
    const { table, x, truth, weights: rowWeights } = batch(rows);
    const network = createArticleNetwork(6, 3, OPTIONS, seededRandom(3));
    const before = network.read(network.moving());
    network.step(table.m, Int32Array.from(truth), Float32Array.from(rowWeights));
    const after = network.read(network.moving());

    // With first moments at zero, one step of Adam moves each weight by −lr·√(1−β₂)/(1−β₁) · (1−β₁)g / (√((1−β₂)g²) + ε).
    const probe: Article = structuredClone(before);
    for (const [name, values] of Object.entries(arrays(probe))) {
      for (let i = 0; i < values.length; i++) {
        const original = values[i]!;
        const h = 1e-5;
        values[i] = original + h;
        const up = plainLoss(probe, x, truth, rowWeights).loss;
        const actualUp = values[i]!;
        values[i] = original - h;
        const down = plainLoss(probe, x, truth, rowWeights).loss;
        const g = (up - down) / (actualUp - values[i]!);
        values[i] = original;
        const rate = (1e-3 * Math.sqrt(1 - 0.999)) / (1 - 0.9);
        const moved = (rate * 0.1 * g) / (Math.sqrt(0.001 * g * g) + 1e-2);
        expect(arrays(after)[name]![i], `${name}[${i}]`).toBeCloseTo(original - moved, 6);
      }
    }
    const { mean, variance } = plainLoss(before, x, truth, rowWeights);
    for (const [j, value] of mean.entries()) expect(after.mean[j]).toBeCloseTo(0.01 * value, 6);
    for (const [j, value] of variance.entries()) expect(after.variance[j]).toBeCloseTo(0.99 + 0.01 * value, 6);
  });

  it('decays the rate and corrects the moments over several steps as Keras does', async () => {
    // With one class every gradient but none is zero, so a bias of the output with a known gradient is followed by hand.
    const options = { ...OPTIONS, learningRate: 0.01, decay: 0.5, epsilon: 1e-2 };
    const network = createArticleNetwork(6, 3, options, seededRandom(3));
    const { table, truth, weights } = batch(4);
    let [m, v] = [0, 0];
    const bias = () => network.read(network.moving()).b2[0]!;
    let expected = bias();
    for (let t = 0; t < 4; t++) {
      const p = network.step(table.m, Int32Array.from(truth), Float32Array.from(weights));
      let g = 0;
      for (const [r, k] of truth.entries()) g += ((p[r * 3]! - (k === 0 ? 1 : 0)) * weights[r]!) / 4;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const rate = ((0.01 / (1 + 0.5 * t)) * Math.sqrt(1 - 0.999 ** (t + 1))) / (1 - 0.9 ** (t + 1));
      expected -= (rate * m) / (Math.sqrt(v) + 1e-2);
      expect(bias()).toBeCloseTo(expected, 6);
    }
  });
});

describe('training', () => {
  const table = drawTable();
  const run = { table, train: range(0, 40), valid: range(40, 60), options: OPTIONS };

  it('repeats itself for the same seed, differs for another, and leaks no tensor', async () => {
    const before = tf.memory().numTensors;
    const [a, b] = [await trainArticle(run), await trainArticle(run)];
    const other = await trainArticle({ ...run, options: { ...OPTIONS, seed: 2 } });
    expect(b).toEqual(a);
    expect(other.weights.w1.values).not.toEqual(a.weights.w1.values);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns, and keeps the epoch of smallest validation loss', async () => {
    const { history, bestEpoch, weights } = await trainArticle({
      ...run,
      options: { ...OPTIONS, epochs: 12, learningRate: 0.02 },
    });
    expect(history).toHaveLength(12);
    const losses = history.map(({ valLoss }) => valLoss);
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss / 2);
    const p = await classify(weights, table, run.valid);
    const best = history[bestEpoch - 1]!;
    const loss = [...run.valid].reduce((s, row, i) => s - Math.log(p[i * 3 + table.truth[row]!]!), 0) / 20;
    expect(loss).toBeCloseTo(best.valLoss, 5);
  });

  it('recomputes batch-norm statistics over the training features unless strict', async () => {
    const { weights } = await trainArticle(run);
    const x = [...run.train].map(row => [...table.m.subarray(row * 20, row * 20 + 20)]);
    const { mean, variance } = plainLoss(weights, x, Array(40).fill(0), Array(40).fill(1));
    for (const [j, value] of mean.entries()) expect(weights.mean[j]).toBeCloseTo(value, 4);
    for (const [j, value] of variance.entries()) expect(weights.variance[j]).toBeCloseTo(value, 4);
    const strict = await trainArticle({ ...run, options: { ...OPTIONS, strictKeras: true } });
    // Twelve steps of momentum 0.99 leave Keras's variance near its start of 1.
    expect(Math.min(...strict.weights.variance)).toBeGreaterThan(0.85);
  });

  it('keeps the last epoch where there are no validation rows, and works with one row per batch', async () => {
    const { history, bestEpoch, weights } = await trainArticle({
      ...run,
      train: range(0, 5),
      valid: range(0, 0),
      options: { ...OPTIONS, batchSize: 1 },
    });
    expect(bestEpoch).toBe(4);
    expect(history[0]!.valLoss).toBeNaN();
    expect(weights.w1.values.every(Number.isFinite)).toBe(true);
  });

  it('stops when asked and keeps the best so far', async () => {
    const stop = new AbortController();
    const before = tf.memory().numTensors;
    const result = await trainArticle({
      ...run,
      options: { ...OPTIONS, epochs: 50 },
      signal: stop.signal,
      onEpoch: history => history.length === 3 && stop.abort(),
    });
    expect(result.history).toHaveLength(3);
    expect(result.bestEpoch).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('draws dropout with the variance the mask would have', async () => {
    // With the first layer an identity and no ReLU in the way, the batch mean and variance are those of the drawn input.
    const one = {
      ...drawTable({ count: 4000, length: 1, classes: 2 }),
      m: new Float32Array(4000).fill(5),
      q: new Float32Array(4000).fill(0.7),
    };
    const options = { ...OPTIONS, hiddenUnits: 1, epochs: 1, batchSize: 4000, dropout: 0.3, strictKeras: true };
    const initial: Article = {
      kind: 'article',
      w1: { rows: 1, columns: 1, values: Float32Array.of(1) },
      b1: Float32Array.of(0),
      gamma: Float32Array.of(1),
      beta: Float32Array.of(0),
      mean: Float32Array.of(0),
      variance: Float32Array.of(0),
      w2: { rows: 1, columns: 2, values: Float32Array.of(0, 0) },
      b2: Float32Array.of(0, 0),
    };
    const { weights } = await trainArticle({ table: one, train: range(0, 4000), valid: range(0, 0), options, initial });
    expect(weights.mean[0]! * 100).toBeCloseTo(5, 1);
    expect(weights.variance[0]! * 100).toBeGreaterThan(0.27);
    expect(weights.variance[0]! * 100).toBeLessThan(0.33);
  });

  it('predicts the same in plain arithmetic as on the tensor backend', async () => {
    const { weights } = await trainArticle(run);
    const bulk = await classify(weights, table, run.valid);
    const single = predict(
      weights,
      [...run.valid].map(row => table.m.subarray(row * 20, row * 20 + 20)),
    );
    for (const [i, p] of single.entries()) {
      for (const [k, value] of p.entries()) expect(value).toBeCloseTo(bulk[i * 3 + k]!, 5);
      expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
  });
});
