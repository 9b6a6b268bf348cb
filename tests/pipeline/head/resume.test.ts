// Resuming from an older head: labels that came and went, fewer steps than anew, and honest validation.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ARTICLE_DEFAULTS } from '../../../src/contract/head';
import type { Verdict } from '../../../src/contract/report';
import type { Sample } from '../../../src/contract/sample';
import { trainArticle } from '../../../src/pipeline/head/article';
import { trainLinear } from '../../../src/pipeline/head/linear';
import { changesOf, learntHeldOut, newsSince } from '../../../src/pipeline/head/news';
import { predict } from '../../../src/pipeline/head/predict';
import { withClasses } from '../../../src/pipeline/head/resume';
import { trainHead } from '../../../src/pipeline/head/train';
import { drawTable, range } from './table';

const OPTIONS = { ...ARTICLE_DEFAULTS, hiddenUnits: 8, batchSize: 16, epochs: 6, learningRate: 0.01 };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('a head for other classes', () => {
  const table = drawTable();
  const rows = [...range(0, 60)].map(row => table.m.subarray(row * 20, row * 20 + 20));

  it.each(['linear', 'article'] as const)(
    'keeps what the %s head knew of each, wherever they now stand',
    async kind => {
      const { weights } =
        kind === 'linear'
          ? await trainLinear(table, range(0, 40), range(40, 60), { penalty: { l2: 1e-3 }, balanced: false })
          : await trainArticle({ table, train: range(0, 40), valid: range(40, 60), options: OPTIONS });
      const moved = withClasses(weights, ['a', 'b', 'c'], ['b', 'new', 'c', 'a'], 1);
      for (const [i, p] of predict(weights, rows).entries()) {
        const now = predict(moved, rows)[i]!;
        // The old classes keep their odds; the new one takes a share of its own.
        expect(now).toHaveLength(4);
        expect(now[0]! / now[3]!).toBeCloseTo(p[1]! / p[0]!, 3);
        expect(now[2]! / (now[0]! + now[2]! + now[3]!)).toBeCloseTo(p[2]!, 4);
      }
      const fewer = withClasses(weights, ['a', 'b', 'c'], ['c', 'a'], 1);
      const [p] = predict(weights, rows);
      const [q] = predict(fewer, rows);
      expect(q![0]! / q![1]!).toBeCloseTo(p![2]! / p![0]!, 3);
    },
  );
});

describe('resuming', () => {
  const table = drawTable({ count: 120, spread: 1 });

  it('takes the linear head to the same end in fewer iterations, and learns an appended label', async () => {
    const settings = { penalty: { l2: 1e-2 }, balanced: true };
    const first = await trainLinear(table, range(0, 80), range(90, 120), settings);
    const [anew, on] = [
      await trainLinear(table, range(0, 90), range(90, 120), settings),
      await trainLinear(table, range(0, 90), range(90, 120), { ...settings, initial: first.weights }),
    ];
    expect(on.history.length).toBeLessThan(anew.history.length);
    for (const [i, value] of on.weights.w.values.entries()) {
      expect(value).toBeCloseTo(anew.weights.w.values[i]!, 1);
    }
    const again = await trainLinear(table, range(0, 90), range(90, 120), { ...settings, initial: on.weights });
    expect(again.history).toHaveLength(1);

    const two = { ...table, classes: 2 };
    const known = range(0, 90).filter(row => table.truth[row]! < 2);
    const old = await trainLinear(two, known, range(0, 0), settings);
    const start = withClasses(old.weights, ['a', 'b'], ['a', 'b', 'c'], 1);
    const trained = await trainHead({
      table,
      train: range(0, 90),
      valid: range(90, 120),
      choice: 'auto',
      options: OPTIONS,
      timeCap: 60,
      start,
    });
    expect(trained.weights.kind).toBe('linear');
    expect(trained.leaderboard).toBeUndefined();
    expect(trained.history.at(-1)!.valAcc).toBeGreaterThan(0.8);
    expect(trained.unseen).not.toEqual(trained.weights);
  });

  it("begins the article's head where it stood, with the hidden units it has, and leaks no tensor", async () => {
    const tensors = tf.memory().numTensors;
    const run = { table, train: range(0, 90), valid: range(90, 120), timeCap: 60, choice: 'article' as const };
    const first = await trainHead({ ...run, train: range(0, 80), options: OPTIONS });
    const anew = await trainHead({ ...run, options: OPTIONS });
    const on = await trainHead({ ...run, options: { ...OPTIONS, hiddenUnits: 32 }, start: first.weights });
    expect(on.history[0]!.loss).toBeLessThan(anew.history[0]!.loss);
    expect(on.history[0]!.valLoss).toBeLessThan(anew.history[0]!.valLoss);
    expect((on.weights as { b1: Float32Array }).b1).toHaveLength(8);
    expect(on.unseen).toBeUndefined();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('what is new', () => {
  const none = { images: 0, labels: [], moved: 0, gone: 0 };
  const verdict = (sha256: string, split: Verdict['split']): Verdict => ({ sha256, split, truth: 0, p: [1] });
  const model = {
    verdicts: [verdict('a', 'train'), verdict('b', 'valid')],
    unread: ['damaged'],
    labels: [{ id: '1', name: 'Ann', folder: 'ann' }],
  };
  const sample = (sha256: string, split: Sample['split'] = 'train') => ({ sha256, split, truth: 0 });

  it('is what took no part: not even images that could not be read count again', () => {
    const labels = [...model.labels, { id: '2', name: 'Bea', folder: 'bea' }];
    const samples = ['a', 'b', 'damaged', 'c', 'd'].map(name => sample(name));
    expect(newsSince(model, samples, labels)).toEqual({ images: 2, labels: ['Bea'], moved: 0, gone: 0 });
    expect(newsSince(model, [sample('a'), sample('b')], model.labels)).toEqual(none);
  });

  it('is also what moved to another label and what went, each image once', () => {
    // Another label is first now, so that the number of the class says nothing.
    const labels = [{ id: '2', name: 'Al', folder: 'al' }, ...model.labels];
    const news = newsSince(model, [{ ...sample('a'), truth: 0 }], labels);
    expect(news).toEqual({ images: 0, labels: ['Al'], moved: 1, gone: 1 });
    expect(changesOf(news)).toBe(2);
    const same = ['a', 'b'].map(name => ({ ...sample(name), truth: 1 }));
    expect(newsSince(model, same, labels)).toMatchObject({ moved: 0, gone: 0 });
  });

  it('tells a learnt image that is now held out', () => {
    expect(learntHeldOut(model, [sample('a'), sample('b', 'test'), sample('c', 'test')])).toBe(false);
    expect(learntHeldOut(model, [sample('a', 'valid')])).toBe(true);
  });
});
