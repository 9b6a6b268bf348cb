// What a restore brought, row by row: as it left each, to know later whether the user has done something with it, and as it found it.
import type { Job } from './job';
import type { Sample } from './sample';

/** Of an image: what the user can change about it. */
export type LeftImage = Pick<Sample, 'sha256' | 'labelId' | 'harvestId' | 'addedAt' | 'confirmedLabels'>;
/** Of an address: what tells whether it was collected again. */
export interface LeftAddress extends Pick<Job, 'id' | 'harvestId' | 'state'> {
  /** The user had confirmed its image against its label: done since, it is a reason to keep the address. */
  confirmed?: boolean;
}

export interface RestoredImage {
  left: LeftImage;
  /** It lay in the bin. */
  before?: Sample;
}

export interface RestoredAddress {
  left: LeftAddress;
  /** It was cancelled or undone. */
  before?: Job;
}

export interface RestoredRows {
  images: RestoredImage[];
  addresses: RestoredAddress[];
  /** Ids of those that were not here. */
  harvests: string[];
}
