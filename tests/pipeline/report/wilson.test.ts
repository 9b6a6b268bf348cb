// Wilson's interval against published values and its known properties.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../src/pipeline/report/wilson';

describe('wilson', () => {
  it('gives the values of the literature', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 and 15 of 148, 0 of 20, 1 of 29.
    for (const [right, n, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const [a, b] = wilson(right, n);
      expect(a).toBeCloseTo(low, 4);
      expect(b).toBeCloseTo(high, 4);
    }
  });

  it('knows nothing when nothing was tried', () => {
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  it('ends exactly where all or none were right', () => {
    for (let n = 1; n <= 200; n++) expect([wilson(n, n)[1], wilson(0, n)[0]]).toEqual([1, 0]);
  });

  it('holds the share, stays within 0 and 1, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const right = Math.round(n * share);
        const [low, high] = wilson(right, n);
        const [mirroredLow, mirroredHigh] = wilson(n - right, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(right / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(right / n - 1e-12);
        expect(mirroredLow).toBeCloseTo(1 - high, 10);
        expect(mirroredHigh).toBeCloseTo(1 - low, 10);
      }),
    );
  });
});
