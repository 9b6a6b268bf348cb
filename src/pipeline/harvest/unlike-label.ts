// Finds that look unlike the images a label has: a rule that is learnt of those images alone, by leaving each out.
import { direction, product, sumOf } from './directions';

/** Images a label needs before it is told by them what it looks like. */
export const LEAST_IMAGES = 10;
/** A find may be as far as this many deviations below the mean of the images' own cosines. */
const DEVIATIONS = 2.5;

export interface LabelLook {
  /** Direction of the images' middle. */
  middle: Float32Array;
  /** The least cosine to it of a find that looks like the label. */
  least: number;
}

/**
 * What a label looks like: the mean of the directions of its images, and how far from a mean made without it each of them is.
 * Undefined for fewer than ten.
 * @param rows  features of each image; of near-duplicates only one, or every new image would seem far
 */
export function labelLook(rows: readonly Float32Array[]): LabelLook | undefined {
  if (rows.length < LEAST_IMAGES) return undefined;
  const directions = rows.map(direction);
  const sum = sumOf(directions, directions[0]!.length);
  const cosines = directions.map(one => product(one, direction(sum.map((value, j) => value - one[j]!))));
  const mean = cosines.reduce((all, cosine) => all + cosine, 0) / cosines.length;
  const variance = cosines.reduce((all, cosine) => all + (cosine - mean) ** 2, 0) / cosines.length;
  return { middle: direction(sum), least: mean - DEVIATIONS * Math.sqrt(variance) };
}

export function looksLike({ middle, least }: LabelLook, features: Float32Array): boolean {
  return product(middle, direction(features)) >= least;
}
