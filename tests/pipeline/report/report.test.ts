// The numbers of a report, against values worked out by hand.
import { expect, it } from 'vitest';
import { ARTICLE_DEFAULTS } from '../../../src/contract/head';
import type { Verdict } from '../../../src/contract/report';
import { accuracy, classScores, confusionMatrix } from '../../../src/pipeline/report/confusion';
import { assembleReport } from '../../../src/pipeline/report/report';
import { cosine, similarityMatrix } from '../../../src/pipeline/report/similarity';

it('counts rows as truth and columns as prediction', () => {
  const matrix = confusionMatrix([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 0], 3);
  expect(matrix).toEqual([
    [2, 1, 0],
    [0, 2, 0],
    [1, 0, 0],
  ]);
  expect(accuracy(matrix)).toBeCloseTo(4 / 6);
  const [a, b, c] = classScores(matrix, ['a', 'b', 'c']);
  expect(a).toEqual({ label: 'a', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
  expect(b).toMatchObject({ precision: 2 / 3, recall: 1, support: 2 });
  expect(b?.f1).toBeCloseTo(0.8);
  // Nothing was predicted as c: no division by zero.
  expect(c).toEqual({ label: 'c', precision: 0, recall: 0, f1: 0, support: 1 });
});

it('compares features by angle', () => {
  expect(cosine(Float32Array.of(1, 0), Float32Array.of(3, 0))).toBe(1);
  expect(cosine(Float32Array.of(1, 0), Float32Array.of(0, 2))).toBe(0);
  expect(cosine(Float32Array.of(0, 0), Float32Array.of(0, 2))).toBe(0);
  expect(similarityMatrix([Float32Array.of(1, 1), Float32Array.of(1, 0)])[0]?.[1]).toBeCloseTo(Math.SQRT1_2);
});

it('assembles a report in which an empty split has no accuracy', () => {
  const verdict = (sha256: string, split: Verdict['split'], truth: number, p: number[]): Verdict => ({
    sha256,
    split,
    truth,
    p,
  });
  const report = assembleReport(
    {
      labels: ['a', 'b'],
      found: 5,
      stored: 4,
      rejected: { 'not-found': 1 },
      backbone: { id: 'x', weights: 'seeded' },
      backend: 'wasm',
      head: { choice: 'linear', kind: 'linear', options: ARTICLE_DEFAULTS },
      epochs: 0,
      bestEpoch: 0,
      history: [],
      seconds: { features: 0, head: 0 },
      imagesPerSecond: 0,
      seed: 1,
      trainedAt: 0,
    },
    [
      verdict('1', 'train', 0, [0.9, 0.1]),
      verdict('2', 'train', 1, [0.6, 0.4]),
      verdict('3', 'test', 1, [0.2, 0.8]),
      verdict('4', 'test', 0, [0.7, 0.3]),
    ],
  );
  expect(report.counts).toEqual({ a: { train: 1, valid: 0, test: 1 }, b: { train: 1, valid: 0, test: 1 } });
  expect(report.trainAccuracy).toBe(0.5);
  expect(report.testAccuracy).toBe(1);
  expect(report.validAccuracy).toBeNaN();
  expect(JSON.parse(JSON.stringify(report)).validAccuracy).toBeNull();
  expect(report.testInterval?.[0]).toBeCloseTo(0.3424, 4);
  expect(report.validInterval).toBeUndefined();
});
