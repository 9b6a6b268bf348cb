// What a user may choose of dataset.zip; apart from the writer, so that a screen can show it without loading that.
import { SPLITS, type Split } from '../../contract/sample';

export interface DatasetOptions {
  /** Ids of the labels that go in; all when absent. */
  labelIds?: string[];
  splits: Split[];
  /** Longest side of an image in pixels: larger ones are scaled down, smaller ones stay. Absent: originals. */
  side?: number;
}
export const DATASET_DEFAULTS: DatasetOptions = { splits: [...SPLITS] };

/** The smallest and the largest side that may be asked for. */
export const SIDE_RANGE = { least: 16, most: 4096 };
