// The expected calibration error is what the paper's formula says, reckoned by hand.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/contract/report';
import { calibrationOf } from '../../../src/pipeline/report/calibration';

let count = 0;
/** An image the model was this sure of, rightly or not. */
const verdict = (sure: number, right: boolean, split: Verdict['split'] = 'test'): Verdict => ({
  sha256: String(count++),
  split,
  truth: right ? 0 : 1,
  p: [sure, 1 - sure],
});

describe('the expected calibration error', () => {
  it('is the mean gap between sureness and accuracy, bin by bin', () => {
    // (0.9, 1]: 0.95, 0.95 of which one is right, 1: all told |1.5 … | = |2 − 2.9|; (0.5, 0.6]: |1 − 0.6|.
    const found = calibrationOf([verdict(0.95, true), verdict(0.95, false), verdict(1, true), verdict(0.6, true)]);
    expect(found).toMatchObject({ split: 'test', images: 4 });
    expect(found!.error).toBeCloseTo((0.9 + 0.4) / 4, 12);
    expect(found!.confidence).toBeCloseTo(3.5 / 4, 12);
    expect(found!.bins.map(({ images }) => images)).toEqual([1, 3]);
    expect(found!.bins[1]!.accuracy).toBeCloseTo(2 / 3, 12);
  });

  it('is nothing where sureness and accuracy agree, though single images are wrong', () => {
    const agreeing = [...Array.from({ length: 8 }, () => verdict(0.8, true)), verdict(0.8, false), verdict(0.8, false)];
    expect(calibrationOf(agreeing)!.error).toBeCloseTo(0, 12);
    expect(calibrationOf(agreeing.map(one => ({ ...one, truth: 1 })))!.error).toBeCloseTo(0.8, 12);
  });

  it('puts a bound into the bin below it', () => {
    expect(calibrationOf([verdict(0.9, true), verdict(0.900001, true)])!.bins).toHaveLength(2);
    expect(calibrationOf([verdict(0.9, true), verdict(0.85, true)])!.bins).toHaveLength(1);
  });

  it('is of the test images, else of validation, and never of what was learnt', () => {
    const learnt = verdict(0.9, true, 'train');
    expect(calibrationOf([learnt])).toBeUndefined();
    expect(calibrationOf([learnt, verdict(0.9, true, 'valid')])).toMatchObject({ split: 'valid', images: 1 });
    expect(calibrationOf([verdict(0.9, true, 'valid'), verdict(0.7, true)])).toMatchObject({
      split: 'test',
      images: 1,
    });
  });
});
