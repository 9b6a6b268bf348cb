// The activation map and the pooled features against sums written from their definitions.
import { describe, expect, it } from 'vitest';
import type { HeadWeights } from '../../../src/contract/head';
import { activationMap, pool, sideBySide } from '../../../src/pipeline/features/pool';
import { seededRandom } from '../../../src/pipeline/head/random';
import { gradCam } from '../../../src/pipeline/report/grad-cam';

const FEATURE_LENGTH = 1280;
const SIDE = 7;
const random = seededRandom(11);
/** As after ReLU: none negative, many zero. */
const activations = Float32Array.from({ length: SIDE * SIDE * FEATURE_LENGTH }, () => Math.max(0, random.normal()));
const at = (y: number, x: number, c: number) => activations[(y * SIDE + x) * FEATURE_LENGTH + c]!;

describe('the activation map', () => {
  it('is the mean over all channels at each of the 7 × 7 positions', () => {
    const map = activationMap(activations, FEATURE_LENGTH);
    expect(map).toHaveLength(SIDE * SIDE);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        let sum = 0;
        for (let c = 0; c < FEATURE_LENGTH; c++) sum += at(y, x, c);
        expect(map[y * SIDE + x]).toBeCloseTo(sum / FEATURE_LENGTH, 6);
      }
    }
  });
});

describe('pooled features', () => {
  it('are mean and Σ a² / 49² over the positions', () => {
    const { m, q } = pool(activations, FEATURE_LENGTH);
    for (const c of [0, 1, 777, FEATURE_LENGTH - 1]) {
      let [sum, squares] = [0, 0];
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
          sum += at(y, x, c);
          squares += at(y, x, c) ** 2;
        }
      }
      expect(m[c]).toBeCloseTo(sum / 49, 6);
      expect(q[c]).toBeCloseTo(squares / 49 ** 2, 6);
    }
  });
});

describe('activations of two networks side by side', () => {
  const OTHER = 24;
  const second = Float32Array.from({ length: SIDE * SIDE * OTHER }, () => Math.max(0, random.normal()));
  const both = sideBySide([activations, second], [FEATURE_LENGTH, OTHER]);

  it('pool to the features of the one, then those of the other', () => {
    const { m } = pool(both, FEATURE_LENGTH + OTHER);
    expect(m.subarray(0, FEATURE_LENGTH)).toEqual(pool(activations, FEATURE_LENGTH).m);
    expect(m.subarray(FEATURE_LENGTH)).toEqual(pool(second, OTHER).m);
    expect(sideBySide([activations], [FEATURE_LENGTH])).toBe(activations);
    expect(() => sideBySide([activations, second.subarray(OTHER)], [FEATURE_LENGTH, OTHER])).toThrow('sizes');
  });

  it('show the evidence of both in one heat map', () => {
    const head = (rows: number, first: number): HeadWeights => ({
      kind: 'linear',
      // Positive weights alone: nothing is cut off, and the maps add up.
      w: { rows, columns: 1, values: Float32Array.from({ length: rows }, (_, i) => (first + i) / 1000) },
      b: new Float32Array(1),
      l2: 0,
    });
    const map = gradCam(both, head(FEATURE_LENGTH + OTHER, 0), 0);
    const own = gradCam(activations, head(FEATURE_LENGTH, 0), 0);
    const others = gradCam(second, head(OTHER, FEATURE_LENGTH), 0);
    for (const [i, value] of map.entries()) expect(value).toBeCloseTo(own[i]! + others[i]!, 3);
  });
});
