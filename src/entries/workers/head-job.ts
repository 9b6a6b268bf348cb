// What the page gives the head's worker to train with.
import type { BackboneInfo, BackendName } from '../../contract/features';
import type { ArticleOptions, EpochRecord, HeadChoice } from '../../contract/head';
import type { Model, Report } from '../../contract/report';
import type { Split } from '../../contract/sample';

/** What the Train screen asks for. */
export interface TrainRequest {
  choice: HeadChoice;
  options: ArticleOptions;
  /** Seconds the automatic choice may take before it keeps the best so far. */
  timeCap: number;
  /**
   * Resume from the model in use: its head, with new labels appended, is where the fit begins, and no heads are compared.
   * Where that model cannot be resumed from, the training begins anew.
   */
  resume?: boolean;
}

export interface HeadSample {
  sha256: string;
  /** Index into the labels. */
  truth: number;
  split: Split;
  group: string;
}

/** What the report tells besides, as in `Report`: `seconds` and `imagesPerSecond` are those of the features. */
export interface HeadJob {
  request: TrainRequest;
  samples: HeadSample[];
  labels: Model['labels'];
  backbone: BackboneInfo;
  /** Read after it by the head the training resumes from, or that won; missing where one backbone is all. */
  beside?: BackboneInfo[];
  /** Other backbones with features of the same samples, which compete with it. */
  rivals: BackboneInfo[];
  /** Ids of others whose features could not be had in time. */
  leftOut: string[];
  /** Seconds for 100 images by id of backbone, of those that were measured in this training. */
  pace: Record<string, number>;
  backend: BackendName;
  found: number;
  stored: number;
  rejected: Report['rejected'];
  seconds: number;
  imagesPerSecond: number;
}

/** `code` names a sentence `progress_<code>` with `words` for its gaps. */
export type HeadNote = (code: string, words: string[], history: EpochRecord[]) => void;
