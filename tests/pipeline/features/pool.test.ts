// The activation map and the pooled features against sums written from their definitions.
import { describe, expect, it } from 'vitest';
import { activationMap, pool } from '../../../src/pipeline/features/pool';
import { seededRandom } from '../../../src/pipeline/head/random';

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
