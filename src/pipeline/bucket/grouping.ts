// Which near-duplicate group a new sample joins, and what that changes for the samples already there.
import type { Split, SplitRatios } from '../../contract/sample';
import { splitOf } from './split';

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

/**
 * A sample near none founds a group of its own. One near others joins them, and joins their groups together; the split
 * is that of the first of those groups, so that samples already placed move as little as can be.
 */
export function place(sha256: string, near: readonly Member[], ratios: SplitRatios): Placement {
  const groups = [...new Map(near.map(member => [member.group, member.split]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = groups[0];
  if (!first) return { group: sha256, split: splitOf(sha256, ratios), changed: [] };
  const [leader, split] = first;
  const group = sha256 < leader ? sha256 : leader;
  return { group, split, changed: groups.filter(([id, was]) => id !== group || was !== split).map(([id]) => id) };
}
