// Which samples of a label are shown and in what order; and which near-duplicates could go.
import { type Sample, SPLITS, type Split } from '../../contract/sample';
import type { Flag } from './flags';

export const SPLIT_FILTERS = ['all', ...SPLITS] as const;
export interface Filter {
  split: Split | 'all';
  flag: Flag | 'any';
}
export const SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const;
export type Sort = (typeof SORTS)[number];

/** The rows a filter lets through, in the order asked for; near-duplicates stand by group, the best of each first. */
export function arrange(
  samples: readonly Sample[],
  flags: ReadonlyMap<string, readonly Flag[]>,
  { split, flag }: Filter,
  sort: Sort,
): Sample[] {
  return samples
    .filter(
      sample =>
        (split === 'all' || sample.split === split) && (flag === 'any' || flags.get(sample.sha256)?.includes(flag)),
    )
    .sort(flag === 'near-duplicate' || flag === 'near-conflict' ? byGroup : ORDERS[sort]);
}

/** All but the best image of each near-duplicate group: what "keep the best" would delete. */
export function spareOnes(samples: readonly Sample[], flags: ReadonlyMap<string, readonly Flag[]>): Sample[] {
  const grouped = arrange(samples, flags, { split: 'all', flag: 'near-duplicate' }, 'newest');
  return grouped.filter((sample, index) => grouped[index - 1]?.group === sample.group);
}

const pixels = (sample: Sample) => sample.width * sample.height;
/** The best of a group has the most pixels, and of equally large ones the most bytes: it was compressed the least. */
const byGroup = (a: Sample, b: Sample) =>
  (a.group < b.group ? -1 : a.group > b.group ? 1 : 0) || pixels(b) - pixels(a) || b.bytes - a.bytes;

const ORDERS: Record<Sort, (a: Sample, b: Sample) => number> = {
  newest: (a, b) => b.addedAt - a.addedAt,
  oldest: (a, b) => a.addedAt - b.addedAt,
  largest: (a, b) => pixels(b) - pixels(a),
  smallest: (a, b) => pixels(a) - pixels(b),
};
