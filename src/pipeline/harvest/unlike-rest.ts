// Finds that look unlike the rest of their search, told without any label: far from the middle of those that are most alike.
import { direction, median, product, sumOf } from './directions';

/** Of fewer finds it cannot be told what they have in common. */
export const LEAST_FINDS = 12;
/** Share of the finds that make the middle: a third of a search may be wrong and does not move it. */
const CORE = 0.6;
const ROUNDS = 10;
/** How far below the middle one a find's cosine may lie, in deviations of those above it, which nothing wrong is among. */
const DEVIATIONS = 3;

/**
 * Which of the finds are unlike the others; none where there are too few.
 * @param rows  features of each find
 */
export function unlikeRest(rows: readonly Float32Array[]): boolean[] {
  if (rows.length < LEAST_FINDS) return rows.map(() => false);
  const directions = rows.map(direction);
  const cosines = toMiddle(directions);
  const core = [...cosines].sort((a, b) => b - a).slice(0, Math.ceil(CORE * cosines.length));
  const middle = median(core);
  const above = core.filter(cosine => cosine > middle).map(cosine => cosine - middle);
  const least = middle - DEVIATIONS * 1.4826 * median(above);
  return cosines.map(cosine => cosine < least);
}

/** Cosine of each to the middle of the most alike among them, which is looked for from the middle of all. */
function toMiddle(directions: readonly Float32Array[]): number[] {
  const length = directions[0]?.length ?? 0;
  const size = Math.ceil(CORE * directions.length);
  let cosines: number[] = [];
  let core = directions.map((_, i) => i);
  for (let round = 0; round < ROUNDS; round++) {
    const middle = direction(
      sumOf(
        core.map(i => directions[i]!),
        length,
      ),
    );
    cosines = directions.map(one => product(one, middle));
    const next = directions
      .map((_, i) => i)
      .sort((a, b) => cosines[b]! - cosines[a]!)
      .slice(0, size)
      .sort((a, b) => a - b);
    if (next.length === core.length && next.every((i, at) => i === core[at])) break;
    core = next;
  }
  return cosines;
}
