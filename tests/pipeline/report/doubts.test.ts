// The ranking of doubtful labels: its order worked out by hand, and that it finds labels that were flipped.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { leastLikely, outOfFold } from '../../../src/pipeline/head/out-of-fold';
import { seededRandom } from '../../../src/pipeline/head/random';
import { doubted } from '../../../src/pipeline/report/doubts';
import { drawTable } from '../head/table';

describe('doubted', () => {
  it('lists rows predicted as another class, least self-confident first', () => {
    const p = Float32Array.of(0.8, 0.2, 0.4, 0.6, 0.1, 0.9, Number.NaN, Number.NaN);
    const found = doubted(p, [0, 0, 0, 1], 2);
    expect(found.map(({ row, predicted }) => [row, predicted])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    expect(found[0]?.own).toBeCloseTo(0.1);
    expect(found[0]?.likeliest).toBeCloseTo(0.9);
  });
});

describe('out-of-fold probabilities', () => {
  const settings = { penalty: { lambda: 1e-2 }, balanced: true, seed: 1, passes: 2 as 1 | 2 };
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it('rank labels that were flipped before those that were not', async () => {
    const table = drawTable({ count: 120, spread: 0.5 });
    const random = seededRandom(5);
    const flipped = random.shuffle([...table.truth.keys()]).slice(0, 12);
    for (const row of flipped) table.truth[row] = (table.truth[row]! + 1) % table.classes;
    const p = await outOfFold(table, settings, () => undefined);
    const first = doubted(p!, table.truth, table.classes).slice(0, flipped.length);
    const right = first.filter(({ row }) => flipped.includes(row)).length;
    // Chance would find one in ten.
    expect(right).toBeGreaterThanOrEqual(9);
  });

  it('find more of them by a second pass', async () => {
    const found = { 1: 0, 2: 0 };
    for (const seed of [1, 2, 3, 4]) {
      const table = drawTable({ count: 150, spread: 1.1, seed });
      const flipped = seededRandom(seed)
        .shuffle([...table.truth.keys()])
        .slice(0, 30);
      for (const row of flipped) table.truth[row] = (table.truth[row]! + 1) % table.classes;
      for (const passes of [1, 2] as const) {
        const p = (await outOfFold(table, { ...settings, passes }, () => undefined))!;
        const own = (row: number) => p[row * table.classes + table.truth[row]!]!;
        const lowest = [...table.truth.keys()].sort((a, b) => own(a) - own(b)).slice(0, flipped.length);
        found[passes] += lowest.filter(row => flipped.includes(row)).length;
      }
    }
    expect(found[2]).toBeGreaterThan(found[1]);
  });

  it('are judged again without the least likely, of no class more than half', () => {
    const truth = Int32Array.from({ length: 20 }, (_, row) => (row < 2 ? 1 : 0));
    // Self-confidence rises with the row: both of class 1 stand lowest, and three rows are 15 %.
    const p = Float32Array.from({ length: 40 }, (_, i) => {
      const [row, k] = [Math.floor(i / 2), i % 2];
      return k === truth[row] ? row / 20 : 1 - row / 20;
    });
    expect([...leastLikely({ count: 20, classes: 2, truth }, p)]).toEqual([0, 2, 3]);
  });

  it('judge near-duplicates together: a copy under another label cannot vouch for it', async () => {
    const table = drawTable({ count: 60 });
    // Row 1 is row 0 again, under the label of row 0, which is wrong for both.
    table.m.copyWithin(table.length, 0, table.length);
    table.truth[0] = table.truth[1] = 1;
    table.groups[1] = table.groups[0]!;
    const p = await outOfFold(table, settings, () => undefined);
    const rows = doubted(p!, table.truth, table.classes).map(({ row }) => row);
    expect(rows).toEqual(expect.arrayContaining([0, 1]));
  });

  it('are none where rows cannot be parted', async () => {
    const table = drawTable({ count: 3 });
    table.groups.fill('one');
    expect(await outOfFold(table, settings, () => undefined)).toBeUndefined();
  });
});
