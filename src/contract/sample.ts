// A sample is one checked image of the dataset. Its identity is its content.
import type { Candidate, Provenance } from './candidate';

export const SPLITS = ['train', 'valid', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Images of all three splits together. */
export function splitTotal({ train, valid, test }: Readonly<Record<Split, number>>): number {
  return train + valid + test;
}

export const IMAGE_TYPES = ['jpeg', 'png', 'webp', 'gif', 'avif', 'bmp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** What a thumbnail of at most 256 px says of an image (`pipeline/bucket/quality.ts`). */
export interface Quality {
  /** Variance of the Laplacian in the sharpest of 4 × 4 cells; 0 for a flat image. */
  sharpness: number;
  /** 99th percentile of luma, 0 to 1. */
  brightness: number;
}

/** Which address was asked for the bytes of an image, and by which job. */
export interface Landing {
  asked: string;
  jobId: string;
  /** Where a redirect to a file of another name ended. */
  landed?: string;
}

export interface Sample {
  /** SHA-256 of the bytes as downloaded, lower-case hex: the key of the sample, of its bytes and of its features. */
  sha256: string;
  labelId: string;
  split: Split;
  type: ImageType;
  /** Length of the stored bytes; a blob of another length is damaged. */
  bytes: number;
  /** Upright size in pixels. */
  width: number;
  height: number;
  /** 256-bit difference hash, 64 hex digits, of the upright image. */
  dHash: string;
  /** 16 × 16 brightnesses and 8 × 8 colours of the upright image, by which copies are told; missing in rows of earlier versions. */
  sketch?: string;
  /** Missing in rows that came from elsewhere without it. */
  quality?: Quality;
  /** Smallest sha256 of the near-duplicate group; the group shares one split. */
  group: string;
  /** The group once more, in all of its samples but the one it is named after: by its index groups of several are found. */
  nearDuplicateOf?: string;
  candidate: Candidate;
  provenance: Provenance;
  harvestId: string;
  /** Addresses of one host that gave these very bytes, its own first; missing while nothing speaks of a stand-in. */
  landings?: Landing[];
  addedAt: number;
  /** Set when the user deleted it; kept so that undo works and the image is not fetched again. */
  deletedAt?: number;
  /** Set when it was deleted because its label was, so that bringing the label back leaves earlier deletions alone. */
  deletedWithLabel?: true;
  /** Its bytes were found missing or damaged. The row stays, and bytes of this hash, wherever they come from, mend it. */
  lost?: true;
  /** Set when it was deleted because its harvest was undone; the same image may be collected again. */
  deletedWithHarvest?: true;
  /** Name of the label it was deleted from, when that was merged into another since. */
  deletedFrom?: string;
  /** The row of the bin whose place this one took when the same image was added or collected again: its way back. */
  former?: Sample;
  /** The row that had taken this one's place, until that was undone. */
  later?: Sample;
  /**
   * Ids of labels, in code-unit order, that the user has confirmed this sample against: found for one of them as well, it
   * stands rightly where it stands; and near-duplicates that stand under these labels alone stand rightly under all of them.
   */
  confirmedLabels?: string[];
}

/** What came back from the bin. */
export interface Undeleted {
  /** Images that are in the dataset now; those that were deleted for good are not among them. */
  restored: number;
  /** Ids of deleted labels that came back because an image stands under them. */
  labels: string[];
  /** How the images lay in the bin, for `rebinSamples`. */
  before: BinPlace[];
}

/** What came back with a label or a harvest. */
export interface UndeletedWhole extends Undeleted {
  /** Images that had gone with it and were deleted for good since. */
  gone: number;
}

/** How images lay in the bin: when they were deleted, and with what. */
export interface BinPlace extends Pick<Sample, 'deletedWithLabel' | 'deletedWithHarvest' | 'deletedFrom'> {
  deletedAt: number;
  sha256s: string[];
}

/** Shares of the three splits; they sum to 1. */
export type SplitRatios = Record<Split, number>;
export const DEFAULT_RATIOS: SplitRatios = { train: 0.7, valid: 0.15, test: 0.15 };
