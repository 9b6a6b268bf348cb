// What the page gives the head's worker to train with.
import type { BackboneInfo, BackendName } from '../../contract/features';
import type { EpochRecord } from '../../contract/head';
import type { TrainRequest } from '../../contract/learner';
import type { Model, Report } from '../../contract/report';
import type { Split } from '../../contract/sample';

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
  backend: BackendName;
  found: number;
  stored: number;
  rejected: Report['rejected'];
  seconds: number;
  imagesPerSecond: number;
}

/** `code` names a sentence `progress_<code>` with `words` for its gaps. */
export type HeadNote = (code: string, words: string[], history: EpochRecord[]) => void;
