// Whether an image resembles anything that was learnt: the cosine of its features to the nearest label's mean.
import type { Resemblance } from '../../contract/head';
import { float16, fromHalf } from '../../formats/half';
import type { FeatureTable } from './data';

/** At least this share of new images of the labels is to be accepted. */
export const ACCEPTED = 0.98;
/**
 * Share of the images learnt from that may be turned away by means made without them. Less than `ACCEPTED` leaves, because some
 * hundred images know the threshold to half a per cent only.
 */
const TURNED_AWAY = 0.015;
/** Images compared, evenly taken from all: of so many the threshold is known to a third of a per cent of them. */
const MOST_COMPARED = 2000;

/**
 * Learns the rule of these rows. The threshold is chosen by leaving out: each image is compared with means that were made
 * without it and its near-duplicates, and all but the farthest 1.5 % of them pass, counted as if the next image were among
 * them: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic learning in a random world", 2005, chapter 2 (conformal prediction).
 * Undefined where no image can be compared.
 * @param rows  of training and validation, without mirror images
 */
export function learnResemblance(table: FeatureTable, rows: Int32Array): Resemblance | undefined {
  const { length, classes, truth, groups } = table;
  const sums = Array.from({ length: classes }, () => new Float64Array(length));
  const members = new Map<string, number[]>();
  for (const row of rows) {
    add(sums[truth[row]!]!, direction(table, row), 1);
    const group = groups[row]!;
    const known = members.get(group);
    if (known) known.push(row);
    else members.set(group, [row]);
  }
  const sizes = sums.map(norm);
  // One of each group: near-duplicates are one image many times over, and say no more of the next than one does.
  const apart = [...members.values()];
  const step = Math.max(1, Math.ceil(apart.length / MOST_COMPARED));
  const nearest: number[] = [];
  for (let i = 0; i < apart.length; i += step) {
    const row = apart[i]![0]!;
    const image = direction(table, row);
    const without = withoutGroup(table, sums, apart[i]!);
    const own = without.get(truth[row]!);
    // Of a label that has nothing else there is nothing it could resemble.
    if (own && isZero(own)) continue;
    const cosines = sums.map((sum, k) => {
      const other = without.get(k);
      return other ? cosine(image, other, norm(other)) : cosine(image, sum, sizes[k]!);
    });
    nearest.push(Math.max(...cosines));
  }
  if (nearest.length === 0) return undefined;
  nearest.sort((a, b) => a - b);
  const least = nearest[Math.max(0, Math.floor(TURNED_AWAY * (nearest.length + 1)) - 1)]!;
  const means = new Float32Array(classes * length);
  for (const [k, sum] of sums.entries()) {
    for (let j = 0; j < length; j++) means[k * length + j] = sizes[k] ? sum[j]! / sizes[k]! : 0;
  }
  return { means: float16(means), least };
}

/** Cosine, −1 to 1, of an image's features to the nearest mean; 0 for an image without any. */
export function nearestMean({ means }: Pick<Resemblance, 'means'>, m: Float32Array): number {
  const all = fromHalf(means);
  const size = norm(m);
  let best = -1;
  for (let at = 0; at < all.length; at += m.length) {
    const mean = all.subarray(at, at + m.length);
    best = Math.max(best, size === 0 ? 0 : cosine(m, mean, norm(mean)) / size);
  }
  return best;
}

/** Whether an image with these features resembles anything that was learnt. */
export function resembles(resemblance: Resemblance, m: Float32Array): boolean {
  return nearestMean(resemblance, m) >= resemblance.least;
}

/** A row's features at length 1; all zeros stay. */
function direction({ m, length }: FeatureTable, row: number): Float32Array {
  const features = m.subarray(row * length, (row + 1) * length);
  const size = norm(features);
  return size === 0 ? features : features.map(value => value / size);
}

/** The sums of those labels that hold members of a group, without these. */
function withoutGroup(table: FeatureTable, sums: Float64Array[], group: number[]): Map<number, Float64Array> {
  const without = new Map<number, Float64Array>();
  for (const row of group) {
    const k = table.truth[row]!;
    const sum = without.get(k) ?? sums[k]!.slice();
    add(sum, direction(table, row), -1);
    without.set(k, sum);
  }
  return without;
}

function add(sum: Float64Array, image: Float32Array, times: 1 | -1): void {
  for (let j = 0; j < sum.length; j++) sum[j]! += times * image[j]!;
}

/** Of an image of length 1 and a vector of this size. */
function cosine(image: Float32Array, vector: ArrayLike<number>, size: number): number {
  if (size === 0) return 0;
  let dot = 0;
  for (let j = 0; j < image.length; j++) dot += image[j]! * vector[j]!;
  return dot / size;
}

function norm(vector: ArrayLike<number>): number {
  let squares = 0;
  for (let j = 0; j < vector.length; j++) squares += vector[j]! * vector[j]!;
  return Math.sqrt(squares);
}

/** What is left of a sum when all its terms were taken away: rounding. */
function isZero(vector: Float64Array): boolean {
  return norm(vector) < 1e-6;
}
