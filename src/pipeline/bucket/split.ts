// Which split a sample belongs to: a function of its content, so that it stays as images come and go.
import { SPLITS, type Split, type SplitRatios } from '../../contract/sample';

/** From so many samples on, a label has at least one in every split. */
const FULL_SPLITS_FROM = 10;

/** A near-duplicate group of one label. */
export interface Group {
  /** Smallest SHA-256 of the group, hex. */
  leader: string;
  split: Split;
  /** Samples of the label in the group. */
  size: number;
}

/** Position of a group in [0, 1): the first 52 bits of its leader's SHA-256, which are uniform. */
export function position(leader: string): number {
  return Number.parseInt(leader.slice(0, 13), 16) / 2 ** 52;
}

/**
 * The split of a group by thresholds on its position: test first, then valid, the rest is train. A change of ratios
 * therefore only moves groups near a threshold.
 */
export function splitOf(leader: string, ratios: SplitRatios): Split {
  const at = position(leader);
  if (at < ratios.test) return 'test';
  if (at < ratios.test + ratios.valid) return 'valid';
  return 'train';
}

/**
 * The groups of one label that must move so that no wanted split (ratio > 0) is empty once the label has ten samples.
 * The donor is the split with the most samples, which keeps at least one group; of its groups the one nearest to the
 * empty split's interval moves, which is where a small change of ratios would have put it. Returns leader → split.
 */
export function fillEmptySplits(groups: readonly Group[], ratios: SplitRatios): Map<string, Split> {
  const moves = new Map<string, Split>();
  const samples = groups.reduce((sum, group) => sum + group.size, 0);
  if (samples < FULL_SPLITS_FROM) return moves;
  const placed = groups.map(group => ({ ...group }));
  for (const wanted of SPLITS) {
    if (ratios[wanted] <= 0 || placed.some(group => group.split === wanted)) continue;
    const donor = largestDonor(placed);
    if (!donor) break;
    const chosen = placed
      .filter(group => group.split === donor)
      .reduce((best, group) =>
        distance(group.leader, wanted, ratios) < distance(best.leader, wanted, ratios) ? group : best,
      );
    chosen.split = wanted;
    moves.set(chosen.leader, wanted);
  }
  return moves;
}

function largestDonor(groups: readonly Group[]): Split | undefined {
  const of = (split: Split) => groups.filter(group => group.split === split);
  const size = (split: Split) => of(split).reduce((sum, group) => sum + group.size, 0);
  return SPLITS.filter(split => of(split).length >= 2).sort((a, b) => size(b) - size(a))[0];
}

function distance(leader: string, split: Split, ratios: SplitRatios): number {
  const at = position(leader);
  const from = { test: 0, valid: ratios.test, train: ratios.test + ratios.valid }[split];
  const to = from + ratios[split];
  return Math.max(0, from - at, at - to);
}
