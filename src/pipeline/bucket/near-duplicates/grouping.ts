// Which near-duplicate group a new sample joins, how groups are joined, and what that changes for the samples there.
import type { Sample, Split, SplitRatios } from '../../../contract/sample';
import { splitOf } from '../split';

export interface Member {
  sha256: string;
  group: string;
  split: Split;
}

export interface Placement {
  /** Smallest SHA-256 of the group. */
  group: string;
  split: Split;
  /** Groups whose members must take on this group and split. */
  changed: string[];
}

/** A group of more than so many images takes in only what is near to half of them: one near to few is of a kind, not a copy. */
const LARGE_GROUP = 8;

/**
 * A sample near none founds a group of its own. One near others joins them, and joins their groups together; the split
 * is that of the first of those groups, so that samples already placed move as little as can be. Where the group would be
 * a large one, only groups take part of which it is near to half.
 * @param sizeOf  images in a group
 */
export function place(
  sha256: string,
  near: readonly Member[],
  ratios: SplitRatios,
  sizeOf: (group: string) => number = () => 1,
): Placement {
  const groups = groupsToJoin(near, sizeOf).sort(([a], [b]) => (a < b ? -1 : 1));
  const first = groups[0];
  if (!first) return { group: sha256, split: splitOf(sha256, ratios), changed: [] };
  const [leader, split] = first;
  const group = sha256 < leader ? sha256 : leader;
  return { group, split, changed: groups.filter(([id, was]) => id !== group || was !== split).map(([id]) => id) };
}

function groupsToJoin(near: readonly Member[], sizeOf: (group: string) => number): [group: string, split: Split][] {
  const nearIn = new Map<string, number>();
  for (const { group } of near) nearIn.set(group, (nearIn.get(group) ?? 0) + 1);
  const together = [...nearIn.keys()].reduce((sum, group) => sum + sizeOf(group), 1);
  const groups = new Map(near.map(({ group, split }) => [group, split]));
  return [...groups].filter(([group]) => together <= LARGE_GROUP || nearIn.get(group)! * 2 >= sizeOf(group));
}

/** A sample as it is kept: one in a group named after another says so, for the index that finds groups of several. */
export function grouped({ nearDuplicateOf: _before, ...sample }: Sample): Sample {
  return sample.group === sample.sha256 ? sample : { ...sample, nearDuplicateOf: sample.group };
}

/** The share of a label's images a group joined by features may hold: more of them are of one kind rather than copies. */
const LARGEST_SHARE = 0.5;

/**
 * Two groups whose images the backbone finds alike become one. If one of them is trained with, both are: what a model has
 * learnt is then never held out later. Undefined where they stay apart because a label would be left with little else.
 * @param a  live members of the one group, with their labels
 * @param imagesOf  live images of a label
 */
export function joinGroups(
  a: readonly (Member & { labelId: string })[],
  b: readonly (Member & { labelId: string })[],
  imagesOf: (labelId: string) => number,
): Pick<Placement, 'group' | 'split'> | undefined {
  const [first, second] = [a[0], b[0]];
  if (!first || !second || first.group === second.group) return undefined;
  const held = new Map<string, number>();
  for (const { labelId } of [...a, ...b]) held.set(labelId, (held.get(labelId) ?? 0) + 1);
  for (const [labelId, count] of held) if (count > LARGEST_SHARE * imagesOf(labelId)) return undefined;
  const leader = first.group < second.group ? first : second;
  const split = first.split === 'train' || second.split === 'train' ? 'train' : leader.split;
  return { group: leader.group, split };
}
