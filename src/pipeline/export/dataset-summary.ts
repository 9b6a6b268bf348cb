// What was written into dataset.zip, counted meanwhile, for the card and the table that describe it.
import { SPLITS, type Split } from '../../contract/sample';

/** What was written: images per label folder and split, and how many could not be read. */
export interface DatasetSummary {
  counts: Map<string, Record<Split, number>>;
  unreadable: number;
}

export function countWritten(summary: DatasetSummary, folder: string, split: Split): void {
  const counts = summary.counts.get(folder) ?? { train: 0, valid: 0, test: 0 };
  counts[split]++;
  summary.counts.set(folder, counts);
}

/** Images of a split, of all classes. */
export function totalOf(summary: DatasetSummary, split: Split): number {
  return [...summary.counts.values()].reduce((sum, counts) => sum + counts[split], 0);
}

/** Never empty: an export without an image is refused. */
export function splitsWithImages(summary: DatasetSummary): Split[] {
  return SPLITS.filter(split => totalOf(summary, split) > 0);
}
