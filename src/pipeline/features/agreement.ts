// Whether two ways to run a network agree: two images that are always the same, and how far apart the features of them are.

/** Relative to the largest value; what a GPU's other order of sums costs is a hundredth of it. */
export const TOLERANCE = 1e-3;

/** Two images of side × side RGB bytes, end to end: one of hard edges in every channel, one of soft slopes. */
export function fixedImages(side: number): Uint8Array {
  const size = side * side * 3;
  return Uint8Array.from({ length: 2 * size }, (_, i) => {
    const [x, y, c] = [Math.floor((i % size) / 3) % side, Math.floor((i % size) / 3 / side), i % 3];
    if (i < size) return (7 * x + 13 * y + 101 * c + ((x * y) >> 3)) & 255;
    return Math.floor((255 * (c === 0 ? x : c === 1 ? y : side - 1 - x)) / (side - 1));
  });
}

/** Largest difference, relative to the largest expected value; infinite where a number is missing or is none. */
export function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length || found.length === 0) return Number.POSITIVE_INFINITY;
  let [scale, worst] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    scale = Math.max(scale, Math.abs(expected[i]!));
    worst = Math.max(worst, difference);
  }
  return scale > 0 ? worst / scale : Number.POSITIVE_INFINITY;
}
