// How long a training will take is told by the last one, or not at all.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract/report';
import { estimateSeconds } from '../../src/entries/options/train/estimate';

const last = {
  head: { choice: 'auto' },
  counts: { a: { train: 60, valid: 10, test: 10 }, b: { train: 15, valid: 3, test: 2 } },
  seconds: { features: 50, head: 4 },
  imagesPerSecond: 2,
} as unknown as Report;
const news = { images: 0, labels: [], moved: 0, gone: 0 };

describe('the time of a training', () => {
  it('is that of the missing features and of the head, which grows with the images', () => {
    expect(estimateSeconds({ total: 100, ready: 100, news }, last, 'auto')).toBeCloseTo(4);
    expect(estimateSeconds({ total: 200, ready: 180, news }, last, 'auto')).toBeCloseTo(10 + 8);
  });

  it('is not told before there was one like it', () => {
    expect(estimateSeconds({ total: 100, ready: 100, news }, undefined, 'auto')).toBeUndefined();
    expect(estimateSeconds({ total: 100, ready: 100, news }, last, 'article')).toBeUndefined();
    // With other weights there is no model to resume from.
    expect(estimateSeconds({ total: 100, ready: 100 }, last, 'auto')).toBeUndefined();
    const unmeasured = { ...last, imagesPerSecond: 0 };
    expect(estimateSeconds({ total: 100, ready: 90, news }, unmeasured, 'auto')).toBeUndefined();
    expect(estimateSeconds({ total: 100, ready: 100, news }, unmeasured, 'auto')).toBeCloseTo(4);
  });
});
