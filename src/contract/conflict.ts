// A label conflict: several labels speak for what is one image, or nearly one. Which are right, the user says.
import type { Sample } from './sample';

export interface Conflict {
  /**
   * `same`: a sample stands under one label, and downloads for others brought the very same bytes.
   * `near`: near-duplicates stand under several labels.
   */
  kind: 'same' | 'near';
  /** Live. Of `same` the one sample; of `near` all of its group, in the order they were read. */
  samples: readonly [Sample, ...Sample[]];
  /** In code-unit order. Of `same` those the image was found for besides its own; of `near` all the group stands under. */
  labelIds: readonly string[];
}

/** Labels the user has confirmed a sample against: `Sample.confirmedLabels`, or some to be added to it or taken from it. */
export interface ConfirmedLabels {
  sha256: string;
  labelIds: string[];
}
