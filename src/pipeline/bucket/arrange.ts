// Which samples of a label are shown and in what order; and which near-duplicates could go.
import type { Sample, Split } from '../../contract/sample';

export const FILTERS = ['all', 'train', 'valid', 'test', 'alike', 'odd'] as const;
export type Filter = Split | 'all' | 'alike' | 'odd';
export const SORTS = ['newest', 'oldest', 'largest', 'smallest', 'alike'] as const;
export type Sort = (typeof SORTS)[number];

/** Width over height beyond which a picture squashed to a square no longer looks like itself. */
const ODD_SHAPE = 2.5;

/** The rows a filter lets through, in the order asked for. Near-duplicates share a `group`. */
export function arrange(samples: readonly Sample[], filter: Filter, sort: Sort): Sample[] {
  const sizes = new Map<string, number>();
  for (const { group } of samples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const shown = samples.filter(sample => {
    if (filter === 'all') return true;
    if (filter === 'alike') return (sizes.get(sample.group) ?? 0) > 1;
    if (filter === 'odd') return Math.max(sample.width / sample.height, sample.height / sample.width) > ODD_SHAPE;
    return sample.split === filter;
  });
  const pixels = (sample: Sample) => sample.width * sample.height;
  const byGroup = (a: Sample, b: Sample) =>
    (a.group < b.group ? -1 : a.group > b.group ? 1 : 0) || pixels(b) - pixels(a);
  const orders: Record<Sort, (a: Sample, b: Sample) => number> = {
    newest: (a, b) => b.addedAt - a.addedAt,
    oldest: (a, b) => a.addedAt - b.addedAt,
    largest: (a, b) => pixels(b) - pixels(a),
    smallest: (a, b) => pixels(a) - pixels(b),
    alike: byGroup,
  };
  return shown.sort(filter === 'alike' ? byGroup : orders[sort]);
}

/** All but the largest picture of each near-duplicate group: what "keep best one" would delete. */
export function spareOnes(samples: readonly Sample[]): Sample[] {
  const alike = arrange(samples, 'alike', 'alike');
  return alike.filter((sample, index) => alike[index - 1]?.group === sample.group);
}
