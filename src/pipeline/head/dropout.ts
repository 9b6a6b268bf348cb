// The article's dropout, which stands before the pooling, seen from behind it.
import type { FeatureTable } from './data';
import type { Random } from './random';

/** Normal numbers drawn once and read from any place on: a power of two, a few batches' worth. */
const TABLE = 2 ** 20;

/**
 * Gives for some rows their features with dropout, [rows × length], good until the next call. Over the masks the pooled
 * vector has mean m and variance q·p/(1−p), so m + ε·√(q·p/(1−p)) with ε standard normal stands for it (a sum of 49
 * independent terms is close to normal). Drawing ε anew for every value would take a sixth of a step: as in Salimans et
 * al. 2017 (arXiv 1703.03864) a table of them is read from a random place.
 */
export function createDropout(
  { m, q, length }: FeatureTable,
  rate: number,
  random: Random,
): (rows: Int32Array) => Float32Array {
  const factor = Math.sqrt(rate / (1 - rate));
  const noise = new Float32Array(rate === 0 ? 0 : TABLE);
  for (let i = 0; i < noise.length; i++) noise[i] = random.normal() * factor;
  let room = new Float32Array(0);
  return rows => {
    if (room.length < rows.length * length) room = new Float32Array(rows.length * length);
    let next = random.integer(TABLE);
    for (const [i, row] of rows.entries()) {
      const [from, to] = [row * length, i * length];
      if (rate === 0) room.set(m.subarray(from, from + length), to);
      else {
        for (let c = 0; c < length; c++) {
          room[to + c] = m[from + c]! + noise[next]! * Math.sqrt(q[from + c]!);
          next = (next + 1) & (TABLE - 1);
        }
      }
    }
    return room;
  };
}
