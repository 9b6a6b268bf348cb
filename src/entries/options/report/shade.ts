// One sequential scale for the cells of every matrix, in steps that each keep their number readable.

const STEPS = 5;

/** The class of a cell that holds this share, 0…1; anything above nothing is seen, and no number is nothing. */
export function shade(share: number): string {
  return `shade-${Number.isFinite(share) ? Math.min(STEPS, Math.max(0, Math.ceil(share * STEPS))) : 0}`;
}

/** Cosines of images lie close together, so the scale runs from the least alike pair to 1. */
export function likeness(matrix: number[][]): (cosine: number) => number {
  const low = Math.min(...matrix.flat());
  return cosine => (low < 1 ? (cosine - low) / (1 - low) : 1);
}
