// What was learnt is resembled, what is far is not; near-duplicates and lone images do not flatter the threshold.
import { describe, expect, it } from 'vitest';
import { fromHalf } from '../../../src/formats/half';
import { ACCEPTED, learnResemblance, nearestMean, resembles } from '../../../src/pipeline/head/resemblance';
import { drawTable, range } from './table';

const row = ({ m, length }: { m: Float32Array; length: number }, i: number) => m.subarray(i * length, (i + 1) * length);
const share = (table: ReturnType<typeof drawTable>, from: number, accepts: (m: Float32Array) => boolean) => {
  const rows = range(from, table.count);
  return rows.filter(i => accepts(row(table, i))).length / rows.length;
};

describe('resemblance', () => {
  // The same centres: what comes after the first 300 was not learnt from.
  const table = drawTable({ count: 600, length: 64, classes: 3 });
  const learnt = learnResemblance(table, range(0, 300))!;
  const accepts = (m: Float32Array) => resembles(learnt, m);

  it('holds of images that were not learnt from about as often as it says, and not of others', () => {
    expect(share(table, 300, accepts)).toBeGreaterThan(ACCEPTED - 0.03);
    const far = drawTable({ count: 200, length: 64, classes: 3, seed: 8 });
    expect(share(far, 0, accepts)).toBeLessThan(0.05);
  });

  it('accepts as many new images as is promised, however few it learnt from', () => {
    for (const learntFrom of [30, 120, 240]) {
      const shares = Array.from({ length: 24 }, (_, seed) => {
        const drawn = drawTable({ count: learntFrom + 200, length: 64, classes: 3, seed: seed + 1 });
        const one = learnResemblance(drawn, range(0, learntFrom))!;
        return share(drawn, learntFrom, m => resembles(one, m));
      });
      const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
      expect(mean, `of ${learntFrom} images`).toBeGreaterThan(ACCEPTED - (learntFrom < 60 ? 0.02 : 0));
    }
  });

  it('does not depend on how bright features are, and an image without any is none', () => {
    const image = row(table, 400);
    const cosine = nearestMean(learnt, image);
    expect(
      nearestMean(
        learnt,
        image.map(value => 7 * value),
      ),
    ).toBeCloseTo(cosine, 6);
    expect(accepts(new Float32Array(64))).toBe(false);
  });

  it('keeps one direction for each label, in half precision', () => {
    const means = fromHalf(learnt.means);
    expect(means).toHaveLength(3 * 64);
    for (const k of [0, 1, 2]) expect(Math.hypot(...means.subarray(k * 64, (k + 1) * 64))).toBeCloseTo(1, 3);
  });

  it('compares an image with no near-duplicate of it: else every new image would seem far', () => {
    const twins = drawTable({ count: 120, length: 64, classes: 3, spread: 1.5 });
    // Each image thrice, as three sizes of one photograph are.
    const copies = [0, 1, 2].flatMap(() => [...range(0, 120)]);
    const thrice = {
      ...twins,
      count: 360,
      m: Float32Array.from(copies.flatMap(i => [...row(twins, i)])),
      truth: Int32Array.from(copies, i => twins.truth[i]!),
      groups: copies.map(i => twins.groups[i]!),
    };
    const once = learnResemblance(twins, range(0, 120))!;
    const many = learnResemblance(thrice, range(0, 360))!;
    expect(many.least).toBeCloseTo(once.least, 3);
    const parted = learnResemblance({ ...thrice, groups: copies.map((_, i) => `${i}`) }, range(0, 360))!;
    expect(parted.least).toBeGreaterThan(many.least + 0.01);
  });

  it('is not learnt where every label is one image with its near-duplicates', () => {
    const lone = drawTable({ count: 6, classes: 3 });
    const groups = [...lone.truth].map(String);
    expect(learnResemblance({ ...lone, groups }, range(0, 6))).toBeUndefined();
    expect(learnResemblance(lone, new Int32Array(0))).toBeUndefined();
  });
});
