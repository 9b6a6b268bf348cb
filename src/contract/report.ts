// The numbers a trained model is judged by; `report.json` is this object with the network and the versions added.
import type { BackboneInfo, BackendName } from './features';
import type {
  ArticleOptions,
  BackboneComparison,
  EpochRecord,
  HeadChoice,
  HeadWeights,
  LeaderboardRow,
  Resemblance,
} from './head';
import type { Reason } from './job';
import { type Split, splitTotal } from './sample';

export interface ClassScore {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

/** One held-out image and what the model said of it. */
export interface Verdict {
  sha256: string;
  split: Split;
  /** Index of the true label. */
  truth: number;
  /** Probabilities in label order. */
  p: number[];
}

/** How sure the model was of the images held out, beside how often it was right (`pipeline/report/calibration.ts`). */
export interface Calibration {
  split: Split;
  images: number;
  /** Expected calibration error, 0 to 1. */
  error: number;
  /** Mean probability of the label that was said. */
  confidence: number;
  /** Those of ten bins of equal width that hold images, by rising probability. */
  bins: { images: number; accuracy: number; confidence: number }[];
}

/** Of fewer test images than it takes to speak of tenths, nothing is said in tenths. */
export const ENOUGH = 10;

/** How many of so many images are right. */
export interface Tally {
  right: number;
  of: number;
}

/** The diagonal of a confusion matrix, of all. */
export function tallyOf(matrix: readonly (readonly number[])[]): Tally {
  return {
    right: matrix.reduce((sum, row, k) => sum + (row[k] ?? 0), 0),
    of: matrix.flat().reduce((sum, n) => sum + n, 0),
  };
}

export interface Report {
  /** Label names in class order: sorted by folder name, as every folder reader sorts them. */
  labels: string[];
  counts: Record<string, Record<Split, number>>;
  found: number;
  stored: number;
  rejected: Partial<Record<Reason, number>>;
  backbone: { id: string; weights: BackboneInfo['weights'] };
  /** Further backbones whose features the head reads after those of the first. */
  beside?: Report['backbone'][];
  backend: BackendName;
  head: {
    choice: HeadChoice;
    kind: HeadWeights['kind'];
    options: ArticleOptions;
    leaderboard?: LeaderboardRow[];
    /** Why the winner won: the sentence `choice_<code>` and the words for its gaps. */
    reason?: { code: string; words: string[] };
    /** The model's backbone against the others that were there. */
    backbones?: BackboneComparison[];
    /** Ids of backbones that did not compete, because their features were not there within the time cap. */
    leftOut?: string[];
  };
  epochs: number;
  /** 1-based epoch whose weights were kept. */
  bestEpoch: number;
  history: EpochRecord[];
  /** Accuracies are NaN (null in JSON) where a split is empty; validation is measured by a fit that has not seen it. */
  trainAccuracy: number;
  validAccuracy: number;
  testAccuracy: number;
  /** 95 % Wilson intervals of the accuracies on images held out. */
  validInterval?: [number, number];
  testInterval?: [number, number];
  /** Missing in reports of earlier versions, and where nothing was held out. */
  calibration?: Calibration;
  /** Samples left out because their image could not be read. */
  skipped?: number;
  /** Rows are true labels, columns predicted ones, in the order of `labels`; over the test split. */
  confusion: { labels: string[]; matrix: number[][] };
  perClass: ClassScore[];
  seconds: { features: number; head: number };
  imagesPerSecond: number;
  seed: number;
  trainedAt: number;
}

/** Images that a training was made with, of all labels and splits. */
export function imagesOfReport({ counts }: Pick<Report, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + splitTotal(count), 0);
}

/** What is kept of a training: enough to predict, to export and to draw the report again. */
export interface Model {
  id: string;
  createdAt: number;
  labels: { id: string; name: string; folder: string }[];
  backbone: BackboneInfo;
  /** Further backbones whose features the head reads after those of the first, in this order. */
  beside?: BackboneInfo[];
  head: HeadWeights;
  /**
   * The fit that has not seen the validation images, where `head` is another: a later training resumes from it, so that
   * validation stays honest.
   */
  unseen?: HeadWeights;
  /** Missing in models of earlier versions, and where too few images could be compared: such a model always answers. */
  resemblance?: Resemblance;
  /** Images that took part but could not be read. */
  unread?: string[];
  report: Report;
  verdicts: Verdict[];
}

/** What the model says of one image: classes by falling probability, and where it looked. */
export interface Prediction {
  top: { label: string; p: number }[];
  /** Mean of the last convolution's activations over its channels, of all networks where there are several: 7×7, row-major. */
  activation: Float32Array;
  /** Grad-CAM of each class in the order of `top`, 49 values ≥ 0 each, row-major. */
  gradCams: Float32Array[];
  /** The image resembles nothing that was learnt; only where the model can tell and the user wants to hear it. */
  none?: true;
  /** The image's own; earlier versions kept none. */
  features?: Float32Array;
  /** The first, where the head reads several: all of them see the same square. */
  backbone: BackboneInfo;
  seconds: number;
}
