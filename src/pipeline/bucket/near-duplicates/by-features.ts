// Finds near-duplicates by what the backbone sees: cosine of features, every image against every other, in blocks.
import * as tf from '@tensorflow/tfjs-core';

/** Images compared with each other at a time: a block of similarities is a megabyte. */
const BLOCK = 512;

/** Rows of two images, and how alike they are. */
export interface NearPair {
  a: number;
  b: number;
  cosine: number;
}

/**
 * Pairs of rows that are near-duplicates, the most alike first; only so many as it takes to join what belongs together, at
 * most one fewer than rows. Runs on the tensor backend in use: n² · length multiplications, some seconds for 10,000.
 * @param rows  count × length features; they are scaled to length 1 in place
 * @param from  the cosine from which on two are near-duplicates: copies that were cropped or redrawn, which the difference
 *   hash misses
 */
export async function nearPairs(
  rows: Float32Array,
  length: number,
  from: number,
  signal?: AbortSignal,
): Promise<NearPair[]> {
  const count = rows.length / length;
  for (let row = 0; row < count; row++) normalise(rows.subarray(row * length, (row + 1) * length));
  const upload = (row: number) => {
    const part = rows.subarray(row * length, Math.min(rows.length, (row + BLOCK) * length));
    return tf.tensor2d(part, [part.length / length, length]);
  };
  const pairs: NearPair[] = [];
  const joined = Int32Array.from({ length: count }, (_, row) => row);
  for (let top = 0; top < count; top += BLOCK) {
    const above = upload(top);
    for (let left = top; left < count; left += BLOCK) {
      signal?.throwIfAborted();
      // An explicit transpose: the flag of `matMul` is far slower on wasm.
      const product = tf.tidy(() => tf.matMul(above, tf.transpose(upload(left))));
      const [height, width] = product.shape as [number, number];
      const cosines = await product.data();
      product.dispose();
      for (let i = 0; i < height; i++) {
        for (let j = left === top ? i + 1 : 0; j < width; j++) {
          const cosine = cosines[i * width + j]!;
          if (cosine >= from && join(joined, top + i, left + j)) pairs.push({ a: top + i, b: left + j, cosine });
        }
      }
    }
    above.dispose();
  }
  return pairs.sort((p, q) => q.cosine - p.cosine || p.a - q.a || p.b - q.b);
}

/** Joins the sets of two rows; false when they are one already. */
function join(parents: Int32Array, a: number, b: number): boolean {
  const [from, to] = [rootOf(parents, a), rootOf(parents, b)];
  parents[from] = to;
  return from !== to;
}

function rootOf(parents: Int32Array, row: number): number {
  let root = row;
  while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
  return root;
}

/** Scales a vector to length 1; one of zeros stays. */
function normalise(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return;
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}
