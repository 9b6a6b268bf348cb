// Near-duplicates by features: the blocks find what a plain search finds, and groups are joined without leaving a label bare.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../harness/pictures/random';
import type { Split } from '../../../../src/contract/sample';
import { nearPairs } from '../../../../src/pipeline/bucket/near-duplicates/by-features';
import { joinGroups } from '../../../../src/pipeline/bucket/near-duplicates/grouping';
import { cosine } from '../../../../src/pipeline/report/similarity';

const LENGTH = 16;
const NEAR_COSINE = 0.94;

beforeAll(() => tf.setBackend('cpu'));

/** Images in families: the members of one differ by little, so that some of their cosines lie on either side. */
function families(count: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const rows = new Float32Array(count * LENGTH);
  for (let row = 0; row < count; row++) {
    const like = row > 0 && random.between(0, 1) < 0.4 ? random.whole(0, row - 1) : undefined;
    for (let i = 0; i < LENGTH; i++) {
      const base = like === undefined ? random.between(0, 1) ** 4 : rows[like * LENGTH + i]!;
      rows[row * LENGTH + i] = Math.max(0, base + (like === undefined ? 0 : random.between(-0.12, 0.12)));
    }
  }
  return rows;
}

/** The smallest row each row hangs together with, by comparing each with each. */
function plain(rows: Float32Array): number[] {
  const count = rows.length / LENGTH;
  const vector = (row: number) => rows.subarray(row * LENGTH, (row + 1) * LENGTH);
  const edges: [number, number][] = [];
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) if (cosine(vector(a), vector(b)) >= NEAR_COSINE) edges.push([a, b]);
  return together(count, edges);
}

function together(count: number, edges: [number, number][]): number[] {
  const smallest = Array.from({ length: count }, (_, row) => row);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of edges) {
      const least = Math.min(smallest[a]!, smallest[b]!);
      changed ||= smallest[a] !== least || smallest[b] !== least;
      smallest[a] = smallest[b] = least;
    }
  }
  return smallest;
}

describe('pictures the backbone finds alike', () => {
  // More than one block, and blocks that are not full.
  it.each([1, 40, 1100])('are those a plain search finds, among %i', async count => {
    const rows = families(count, count);
    const expected = plain(rows);
    const kept = tf.memory().numTensors;
    const pairs = await nearPairs(rows.slice(), LENGTH, NEAR_COSINE);
    expect(tf.memory().numTensors).toBe(kept);
    expect(
      together(
        count,
        pairs.map(({ a, b }) => [a, b]),
      ),
    ).toEqual(expected);
    expect(pairs.length).toBe(count - new Set(expected).size);
    expect(pairs.map(({ cosine }) => cosine)).toEqual(pairs.map(({ cosine }) => cosine).sort((a, b) => b - a));
    if (count > 1) expect(pairs.length).toBeGreaterThan(3);
  });

  it('are few pairs however many pictures are the same, and a picture without features is like none', async () => {
    const rows = new Float32Array(700 * LENGTH).fill(0.5);
    rows.fill(0, 0, LENGTH);
    expect(await nearPairs(rows, LENGTH, NEAR_COSINE)).toHaveLength(698);
  });

  it('are no longer looked for once nobody wants them', async () => {
    const rows = families(10, 1);
    await expect(nearPairs(rows, LENGTH, NEAR_COSINE, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });
});

describe('groups that are joined', () => {
  const member = (sha256: string, split: Split, labelId = 'bear', group = sha256) => ({
    sha256,
    group,
    split,
    labelId,
  });
  const ten = () => 10;

  it('take the smaller name, and are trained with if one of them was', () => {
    expect(joinGroups([member('b', 'test')], [member('a', 'valid')], ten)).toEqual({ group: 'a', split: 'valid' });
    expect(joinGroups([member('b', 'train')], [member('a', 'test')], ten)).toEqual({ group: 'a', split: 'train' });
    expect(joinGroups([member('a', 'test')], [member('b', 'train')], ten)).toEqual({ group: 'a', split: 'train' });
  });

  it('stay apart where they are one, gone, or more than half of a label', () => {
    expect(joinGroups([member('a', 'test')], [member('b', 'test', 'bear', 'a')], ten)).toBeUndefined();
    expect(joinGroups([], [member('b', 'test')], ten)).toBeUndefined();
    expect(joinGroups([member('a', 'test')], [member('b', 'train')], () => 3)).toBeUndefined();
    expect(joinGroups([member('a', 'test')], [member('b', 'train', 'cub')], () => 2)).toBeDefined();
  });
});
