// A label is one class of the dataset; the user's name for it may be any Unicode text.

/** The most characters (UTF-16 code units) a name may have. */
export const LONGEST_LABEL_NAME = 300;

export interface Label {
  id: string;
  name: string;
  /** Unique, legal folder name on every system; derived from the name once and kept through renames of other labels. */
  folder: string;
  /** Index into the categorical colour scale, the same in every chart. */
  colour: number;
  createdAt: number;
  /** The name it had until it came back from the bin and found that taken; it takes it again when it comes back once more. */
  formerName?: string;
}

/** Counts shown beside a label. */
export interface LabelCounts {
  labelId: string;
  /** Samples in the dataset, per split. */
  train: number;
  valid: number;
  test: number;
  /** Jobs still to be downloaded. */
  queued: number;
  /** Jobs that ended without a sample, by reason. */
  rejected: Partial<Record<import('./job').Reason, number>>;
}
