// Cosines against plain dot products of unit vectors, and their properties.
import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/pipeline/head/random';
import { cosine, similarityMatrix } from '../../../src/pipeline/report/similarity';

const random = seededRandom(4);
const vectors = Array.from({ length: 5 }, () => Float32Array.from({ length: 64 }, () => Math.max(0, random.normal())));

it('are dot products of unit vectors', () => {
  const units = vectors.map(vector => {
    const length = Math.sqrt([...vector].reduce((sum, value) => sum + value * value, 0));
    return [...vector].map(value => value / length);
  });
  for (const [i, row] of similarityMatrix(vectors).entries()) {
    for (const [j, value] of row.entries()) {
      const dot = units[i]!.reduce((sum, x, n) => sum + x * units[j]![n]!, 0);
      expect(value).toBeCloseTo(dot, 6);
    }
  }
});

it('are 1 with oneself, the same both ways, and blind to length', () => {
  const [a, b] = vectors as [Float32Array, Float32Array];
  expect(cosine(a, a)).toBeCloseTo(1, 12);
  expect(cosine(a, b)).toBe(cosine(b, a));
  expect(
    cosine(
      a,
      b.map(value => value * 1000),
    ),
  ).toBeCloseTo(cosine(a, b), 6);
});
