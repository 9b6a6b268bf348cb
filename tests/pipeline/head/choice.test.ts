// The linear head, the folds and the automatic choice.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ARTICLE_DEFAULTS, type Penalty } from '../../../src/contract/head';
import { chooseHead } from '../../../src/pipeline/head/auto';
import { classify } from '../../../src/pipeline/head/classify';
import { score } from '../../../src/pipeline/head/data';
import { makeFolds } from '../../../src/pipeline/head/folds';
import { trainLinear } from '../../../src/pipeline/head/linear';
import { LAMBDAS, penaltyOf } from '../../../src/pipeline/head/penalty';
import { seededRandom } from '../../../src/pipeline/head/random';
import { trainHead } from '../../../src/pipeline/head/train';
import { drawTable, range } from './table';

const OPTIONS = { ...ARTICLE_DEFAULTS, hiddenUnits: 8, batchSize: 16, epochs: 3 };

beforeAll(async () => {
  await tf.setBackend('wasm');
});

describe('the linear head', () => {
  const table = drawTable({ count: 90, spread: 1 });
  const train = range(0, 60);

  it('stands at the minimum of its penalised loss', async () => {
    const l2 = 1e-2;
    const { weights } = await trainLinear(table, train, range(60, 90), { penalty: { l2 }, balanced: false });
    const objective = (w: Float32Array, b: Float32Array) => {
      let loss = 0;
      for (const row of train) {
        const x = table.m.subarray(row * 20, row * 20 + 20);
        const logits = [0, 1, 2].map(k => x.reduce((s, v, i) => s + v * w[i * 3 + k]!, b[k]!));
        loss -= (logits[table.truth[row]!]! - Math.log(logits.reduce((s, l) => s + Math.exp(l), 0))) / train.length;
      }
      return loss + (l2 / 2) * w.reduce((s, v) => s + v * v, 0);
    };
    const { w, b } = weights;
    for (const i of [0, 7, 31, 59]) {
      const [up, down] = [w.values.slice(), w.values.slice()];
      up[i]! += 1e-2;
      down[i]! -= 1e-2;
      expect(Math.abs(objective(up, b) - objective(down, b)) / 2e-2).toBeLessThan(2e-4);
    }
    expect(objective(w.values, b)).toBeLessThan(
      objective(
        w.values.map(v => v * 1.01),
        b,
      ),
    );
  });

  it('is held back by the same λ alike, however large the features are', async () => {
    const larger = { ...table, m: table.m.map(value => value * 12) };
    const answers = async (one: typeof table, penalty: Penalty) => {
      const { weights } = await trainLinear(one, train, range(60, 90), { penalty, balanced: true });
      return { weights, p: await classify(weights, one, range(60, 90)) };
    };
    const [small, large] = [await answers(table, { lambda: 1 }), await answers(larger, { lambda: 1 })];
    for (const [i, p] of small.p.entries()) expect(large.p[i]).toBeCloseTo(p, 2);
    expect(large.weights.l2 / small.weights.l2).toBeCloseTo(144, 0);
    // A head from before λ resumes with the bare strength it had.
    const bare = await answers(larger, { l2: small.weights.l2 });
    expect(penaltyOf(bare.weights)).toEqual({ l2: small.weights.l2 });
    expect(penaltyOf(small.weights)).toEqual({ lambda: 1 });
    expect(Math.max(...bare.p.map((p, i) => Math.abs(p - small.p[i]!)))).toBeGreaterThan(0.1);
  });

  it('weighs uneven classes, leaks no tensor and records every iteration', async () => {
    const uneven = Int32Array.from([...range(0, 60)].filter(row => table.truth[row] !== 0 || row < 9));
    const before = tf.memory().numTensors;
    const recall = async (balanced: boolean) => {
      const { weights, history } = await trainLinear(table, uneven, range(60, 90), { penalty: { l2: 0.1 }, balanced });
      expect(history.map(({ epoch }) => epoch)).toEqual(history.map((_, i) => i + 1));
      const small = Int32Array.from([...range(60, 90)].filter(row => table.truth[row] === 0));
      return score(table, small, await classify(weights, table, small)).acc;
    };
    expect(await recall(true)).toBeGreaterThanOrEqual(await recall(false));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('folds', () => {
  it('part every row once, keep groups together and spread classes evenly', () => {
    const table = drawTable({ count: 100, classes: 4 });
    table.groups = table.groups.map((_, i) => `g${Math.floor(i / 8)}.${i % 4}`);
    const folds = makeFolds(table, range(0, 100), 5, seededRandom(1));
    expect(folds).toHaveLength(5);
    expect(folds.flatMap(({ held }) => [...held]).sort((a, b) => a - b)).toEqual([...range(0, 100)]);
    for (const { fit, held } of folds) {
      expect(fit.length + held.length).toBe(100);
      const mine = new Set([...held].map(row => table.groups[row]));
      expect([...fit].some(row => mine.has(table.groups[row]!))).toBe(false);
      for (const k of [0, 1, 2, 3]) {
        const inFold = [...held].filter(row => table.truth[row] === k).length;
        expect(inFold).toBeGreaterThanOrEqual(4);
        expect(inFold).toBeLessThanOrEqual(6);
      }
    }
  });

  it('are none where there is only one group', () => {
    const table = { ...drawTable({ count: 4 }), groups: ['a', 'a', 'a', 'a'] };
    expect(makeFolds(table, range(0, 4), 5, seededRandom(1))).toEqual([]);
  });
});

describe('the automatic choice', () => {
  const table = drawTable({ count: 90, spread: 1.2 });
  const request = { table, train: range(0, 60), valid: range(60, 75), options: OPTIONS, timeCap: 60 };

  it('lists every head by cross-validated loss and takes the lowest', async () => {
    const { winner, leaderboard, reason } = await chooseHead({ ...request, rows: range(0, 75), withArticle: true });
    expect(leaderboard).toHaveLength(LAMBDAS.length + 1);
    expect(leaderboard.map(({ loss }) => loss)).toEqual(leaderboard.map(({ loss }) => loss).sort((a, b) => a - b));
    expect(leaderboard.filter(row => row.winner)).toEqual([leaderboard[0]]);
    expect(reason.code).toBe('lowest_loss');
    expect(winner.kind).toBe('linear');
  });

  it('measures validation by a fit that has not seen it, then refits on both', async () => {
    const before = tf.memory().numTensors;
    const trained = await trainHead({ ...request, choice: 'linear' });
    const penalty = penaltyOf(trained.weights);
    const unseen = await trainLinear(table, request.train, request.valid, { penalty, balanced: true });
    expect(trained.valid).toEqual(await classify(unseen.weights, table, request.valid));
    const both = await trainLinear(table, range(0, 75), range(0, 0), { penalty, balanced: true });
    expect(trained.weights).toEqual(both.weights);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the best so far when the time is up or the user stops', async () => {
    const capped = await chooseHead({ ...request, rows: range(0, 75), withArticle: true, timeCap: 0 });
    expect(capped.reason.code).toBe('time_cap');
    expect(capped.leaderboard).toHaveLength(LAMBDAS.length);
    // A cap in the midst of the folds drops the fit under way: what is compared met the same folds.
    const before = tf.memory().numTensors;
    const midway = await chooseHead({ ...request, rows: range(0, 75), withArticle: true, timeCap: 0.02 });
    expect(midway.leaderboard.find(({ winner }) => winner)!.kind).toBe('linear');
    expect(tf.memory().numTensors).toBe(before);
    const stop = new AbortController();
    const stopped = await trainHead({
      ...request,
      choice: 'auto',
      signal: stop.signal,
      onProgress: code => code === 'choosing' && stop.abort(),
    });
    expect(stopped.weights.kind).toBe('linear');
    expect(stopped.history.length).toBeGreaterThan(3);
  });

  it('names what is missing', async () => {
    await expect(trainHead({ ...request, choice: 'auto', train: range(0, 0) })).rejects.toMatchObject({
      code: 'no_images',
    });
    const single = Int32Array.of(0, 3, 6);
    await expect(trainHead({ ...request, choice: 'article', train: single })).rejects.toMatchObject({
      code: 'one_label',
    });
  });

  it('trains on two pictures, with nothing to validate on', async () => {
    const trained = await trainHead({ ...request, choice: 'auto', train: range(0, 2), valid: range(0, 0) });
    expect(trained.history.at(-1)!.acc).toBe(1);
    expect(trained.valid).toHaveLength(0);
  });

  it('learns beside a label of a single picture, and a hundred labels', async () => {
    const rare = { ...table, truth: table.truth.map((k, row) => (row === 0 ? 2 : k === 2 ? 0 : k)) };
    const many = drawTable({ count: 120, length: 10, classes: 100, spread: 0.1 });
    for (const [uneven, train, valid] of [
      [rare, range(0, 60), range(60, 75)],
      [many, range(0, 100), range(100, 120)],
    ] as const) {
      for (const choice of ['auto', 'article', 'linear'] as const) {
        const trained = await trainHead({ ...request, table: uneven, train, valid, choice });
        expect(trained.valid.every(Number.isFinite)).toBe(true);
        expect(trained.history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
        const p = await classify(trained.weights, uneven, train);
        if (choice === 'linear') expect(score(uneven, train, p).acc).toBeGreaterThan(0.8);
      }
    }
  });

  it('leaks no tensor, however the training ends', async () => {
    // Dropout keeps no tensors, and each fit first draws a million numbers for it.
    const options = { ...OPTIONS, dropout: 0 };
    const before = tf.memory().numTensors;
    for (const at of ['choosing', 'fitting', 'fitting_linear', 'refitting', 'never']) {
      for (const choice of ['auto', 'article', 'linear'] as const) {
        const stop = new AbortController();
        const onProgress = (code: string) => code === at && stop.abort();
        await trainHead({ ...request, options, choice, signal: stop.signal, onProgress });
        expect(tf.memory().numTensors, `${choice}, stopped at ${at}`).toBe(before);
      }
    }
  });
});
