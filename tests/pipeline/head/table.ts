// A small feature table drawn from a seed: classes are clouds around random centres, as pooled ReLU features look.
import type { FeatureTable } from '../../../src/pipeline/head/data';
import { seededRandom } from '../../../src/pipeline/head/random';

export function drawTable({ count = 60, length = 20, classes = 3, spread = 0.6, seed = 7 } = {}): FeatureTable {
  const random = seededRandom(seed);
  const centres = Float32Array.from({ length: classes * length }, () => Math.max(0, random.normal()));
  const truth = Int32Array.from({ length: count }, (_, i) => i % classes);
  const m = Float32Array.from({ length: count * length }, (_, i) => {
    const row = Math.floor(i / length);
    return Math.max(0, centres[truth[row]! * length + (i % length)]! + spread * random.normal());
  });
  return {
    count,
    length,
    classes,
    truth,
    m,
    q: m.map(value => (value * value) / 20),
    groups: Array.from({ length: count }, (_, i) => `g${i}`),
  };
}

export function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
