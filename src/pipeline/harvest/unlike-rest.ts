// Finds that look unlike the rest of their search, told without any label: far from the middle of those that are nearest to it.
import { direction, product, sumOf } from './directions';

/** Of fewer finds it cannot be told what they have in common. */
export const LEAST_FINDS = 20;
/** Share of the finds that make the middle: three in ten may be wrong and do not move it. */
const CORE = 0.7;
const ROUNDS = 10;
/** How far below the upper part of all a find's cosine may lie, in deviations of that part, which nothing wrong is in. */
const DEVIATIONS = 4;
/** The upper part reaches from the first to the second share of all; in deviations of a normal distribution it is so wide. */
const UPPER = { from: 0.6, to: 0.9, deviations: 1.15 };
/** Where more would be held back, the finds have no one thing in common, and none is. */
const MOST = 1 / 3;
/** Copies of one image differ by rounding alone. */
const ROUNDING = 1e-5;

/**
 * How far each find lies below the upper part of all of them, in deviations of that part, measured from the middle of those
 * nearest to it; undefined for too few finds.
 */
export function belowRest(rows: readonly Float32Array[]): number[] | undefined {
  if (rows.length < LEAST_FINDS) return undefined;
  const cosines = toMiddle(rows.map(direction));
  const rising = [...cosines].sort((a, b) => a - b);
  const at = (share: number) => rising[Math.round(share * (rising.length - 1))]!;
  const deviation = (at(UPPER.to) - at(UPPER.from)) / UPPER.deviations + ROUNDING;
  return cosines.map(cosine => (at(UPPER.from) - cosine) / deviation);
}

/**
 * Which of the finds are unlike the others; none where there are too few, or no others that have something in common.
 * @param rows  features of each find
 */
export function unlikeRest(rows: readonly Float32Array[]): boolean[] {
  const unlike = belowRest(rows)?.map(below => below > DEVIATIONS) ?? [];
  const odd = unlike.filter(Boolean).length;
  return odd === 0 || odd > MOST * rows.length ? rows.map(() => false) : unlike;
}

/** Cosine of each to the middle of those nearest to it, which is looked for from the middle of all; none counts in its own. */
function toMiddle(directions: readonly Float32Array[]): number[] {
  const length = directions[0]!.length;
  let core = new Set(directions);
  for (let round = 1; ; round++) {
    const sum = sumOf(core, length);
    const cosines = directions.map(one => {
      const others = core.has(one) ? sum.map((value, j) => value - one[j]!) : sum;
      return product(one, direction(others));
    });
    const nearest = [...cosines.keys()].sort((a, b) => cosines[b]! - cosines[a]!);
    const next = nearest.slice(0, Math.ceil(CORE * nearest.length)).map(i => directions[i]!);
    if (round === ROUNDS || (next.length === core.size && next.every(one => core.has(one)))) return cosines;
    core = new Set(next);
  }
}
