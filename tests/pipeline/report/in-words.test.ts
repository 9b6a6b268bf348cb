// What a report says in words is what its numbers say, and no more.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/contract/report';
import type { Split } from '../../../src/contract/sample';
import { commonestConfusions, spokenAccuracy, wouldHelpMost } from '../../../src/pipeline/report/in-words';

const verdicts = (split: Split, right: number, count: number) =>
  Array.from({ length: count }, (_, i): Verdict => {
    return { sha256: `${split}${i}`, split, truth: 0, p: i < right ? [0.9, 0.1] : [0.1, 0.9] };
  });

describe('the accuracy in words', () => {
  it('tells tens of a few images and hundreds of many, with the range they leave open', () => {
    expect(spokenAccuracy(verdicts('test', 20, 22))).toEqual({
      ...{ split: 'test', right: 20, count: 22, says: 'about', about: 9, of: 10 },
      ...{ low: 7, high: 10 },
    });
    expect(spokenAccuracy(verdicts('test', 190, 200))).toMatchObject({ about: 95, of: 100, low: 91, high: 98 });
    // One mistake in many is no reason to say that all will be right.
    expect(spokenAccuracy(verdicts('test', 19, 20))).toMatchObject({ about: 9, of: 10 });
    expect(spokenAccuracy(verdicts('test', 999, 1000))).toMatchObject({ about: 99, of: 100 });
  });

  it('claims no more than so few images can show', () => {
    // Three of three prove little, nine of nine not much more.
    expect(spokenAccuracy(verdicts('test', 1, 1))).toMatchObject({ says: 'few', low: 2, high: 10 });
    expect(spokenAccuracy(verdicts('test', 3, 3))).toMatchObject({ says: 'few', low: 4, high: 10 });
    expect(spokenAccuracy(verdicts('test', 9, 9))).toMatchObject({ says: 'few' });
    // All of them and none of them say only where the truth ends.
    expect(spokenAccuracy(verdicts('test', 10, 10))).toMatchObject({ says: 'least', low: 7 });
    expect(spokenAccuracy(verdicts('test', 500, 500))).toMatchObject({ says: 'least', low: 99, of: 100 });
    expect(spokenAccuracy(verdicts('test', 0, 10))).toMatchObject({ says: 'most', high: 3 });
    expect(spokenAccuracy(verdicts('test', 1, 40))).toMatchObject({ says: 'about', about: 1 });
    for (let count = 1; count <= 130; count++)
      for (const right of [0, 1, Math.floor(count / 2), count - 1, count]) {
        const { says, about, low, high, of } = spokenAccuracy(verdicts('test', right, count))!;
        if (says !== 'about') continue;
        expect(about).toBeGreaterThanOrEqual(Math.max(1, low));
        expect(about).toBeLessThanOrEqual(Math.min(of - 1, high));
      }
  });

  it('is of the test images, else of validation, and never of what was learnt', () => {
    const learnt = verdicts('train', 50, 50);
    expect(spokenAccuracy([...learnt, ...verdicts('valid', 1, 2), ...verdicts('test', 0, 1)])?.split).toBe('test');
    expect(spokenAccuracy([...learnt, ...verdicts('valid', 1, 2)])?.split).toBe('valid');
    expect(spokenAccuracy(learnt)).toBeUndefined();
  });
});

describe('what would help most', () => {
  const size = (train: number) => ({ train, valid: 0, test: 2 });
  const counts = { ann: size(50), bea: size(20), cat: size(30) };
  const names = Object.keys(counts);

  it('is more of the label that is missed most often, up to the size of the largest', () => {
    const matrix = [
      [8, 1, 0],
      [3, 5, 0],
      [0, 2, 8],
    ];
    expect(wouldHelpMost(matrix, names, counts)).toEqual({ label: 1, images: 22, most: 52, missing: 30 });
    expect(
      wouldHelpMost(
        [
          [1, 9, 0],
          [0, 4, 0],
          [0, 0, 1],
        ],
        names,
        counts,
      ),
    ).toMatchObject({ label: 0, missing: 0 });
  });

  it('is nothing where nothing went wrong', () => {
    expect(
      wouldHelpMost(
        [
          [3, 0, 0],
          [0, 0, 0],
          [0, 0, 2],
        ],
        names,
        counts,
      ),
    ).toBeUndefined();
  });
});

describe('the commonest confusions', () => {
  it('are the largest cells beside the diagonal; of equals the rarer label stands first', () => {
    const matrix = [
      [9, 2, 0],
      [3, 20, 0],
      [0, 2, 1],
    ];
    expect(commonestConfusions(matrix, 2)).toEqual([
      { truth: 1, predicted: 0, times: 3, count: 23 },
      { truth: 2, predicted: 1, times: 2, count: 3 },
    ]);
    expect(
      commonestConfusions(
        [
          [4, 0],
          [0, 5],
        ],
        2,
      ),
    ).toEqual([]);
  });
});
