// Parts rows into folds for cross-validation: every class evenly, near-duplicates together.
import type { FeatureTable } from './data';
import type { Random } from './random';

export interface Fold {
  fit: Int32Array;
  /** The rows held out of `fit`. */
  held: Int32Array;
}

/** At most `count` folds; fewer when there are fewer groups, and none below two. */
export function makeFolds({ truth, groups }: FeatureTable, rows: Int32Array, count: number, random: Random): Fold[] {
  const byGroup = new Map<string, number[]>();
  for (const row of rows) byGroup.set(groups[row]!, [...(byGroup.get(groups[row]!) ?? []), row]);
  const shuffled = [...byGroup.values()];
  const order = random.shuffle([...shuffled.keys()]);
  // Large groups first: the small ones then even out what the large ones left uneven.
  const queue = order.map(i => shuffled[i]!).sort((a, b) => b.length - a.length);
  const folds = Math.min(count, queue.length);
  if (folds < 2) return [];
  const held: number[][] = Array.from({ length: folds }, () => []);
  for (const group of queue) {
    const k = truth[group[0]!];
    const load = held.map(fold => fold.filter(row => truth[row] === k).length * (rows.length + 1) + fold.length);
    held[load.indexOf(Math.min(...load))]!.push(...group);
  }
  return held.map((mine, i) => ({
    fit: Int32Array.from(held.filter((_, j) => j !== i).flat()),
    held: Int32Array.from(mine),
  }));
}
