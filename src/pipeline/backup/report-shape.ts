// What a model of a backup says of itself may hold: its backbone, its report with options and history, its verdicts.
import { BACKBONES, backboneOfId } from '../../backbones';
import { idsOf } from '../../backbones/together';
import { GleanerError } from '../../contract/error';
import { BACKENDS, type BackboneInfo } from '../../contract/features';
import type { ArticleOptions, BackboneComparison, EpochRecord, LeaderboardRow } from '../../contract/head';
import type { Calibration, ClassScore, Report, Verdict } from '../../contract/report';
import { SPLITS } from '../../contract/sample';
import { backboneId, hash, labelName, rejectedCounts, time } from './fields';
import {
  finite,
  finiteOrNaN,
  list,
  object,
  oneOf,
  optional,
  pair,
  record,
  refuse,
  type Shape,
  share,
  shareOrNaN,
  text,
  truth,
  whole,
} from './shape';

const MOST = 1_000_000_000;
/** The most classes a model of a backup may have. */
export const CLASSES = 5000;
/** The most backbones that stand beside the first. */
export const BESIDE = BACKBONES.length - 1;
const FAMILIES = BACKBONES.map(({ family }) => family);
const WEIGHTS = ['imagenet', 'file', 'seeded'] as const;
const CHOICES = ['auto', 'article', 'linear'] as const;
export const KINDS = ['linear', 'article'] as const;

const options = object<ArticleOptions>({
  epochs: whole(MOST),
  batchSize: whole(MOST),
  learningRate: finite,
  decay: finite,
  epsilon: finite,
  dropout: finite,
  hiddenUnits: whole(MOST),
  seed: finite,
  classWeights: truth,
  strictKeras: truth,
  // Models from before this was an option had none.
  mirror: (value, at) => (value === undefined ? false : truth(value, at)),
});
const epoch = object<EpochRecord>({
  epoch: whole(MOST),
  loss: finiteOrNaN,
  acc: shareOrNaN,
  valLoss: finiteOrNaN,
  valAcc: shareOrNaN,
});
/** One backbone's id, or those of several together. */
const contenderId: Shape<string> = (value, at) => {
  const all = text(1000)(value, at);
  for (const id of idsOf(all)) backboneId(id, at);
  return all;
};
const leader = object<LeaderboardRow>({
  kind: oneOf(KINDS),
  backbone: optional(contenderId),
  lambda: optional(finite),
  l2: optional(finite),
  folds: whole(MOST),
  allFolds: whole(MOST),
  loss: finiteOrNaN,
  acc: shareOrNaN,
  seconds: finite,
  winner: truth,
});
const both = object({ winner: finite, other: finite });
const comparison = object<BackboneComparison>({
  winner: contenderId,
  other: contenderId,
  by: finite,
  error: finite,
  bytes: both,
  seconds: optional(both),
});
/** A model is worth more than the list of heads that were tried for it: one as an older version kept it is left out. */
const leaders: Shape<LeaderboardRow[] | undefined> = (value, at) => {
  try {
    return optional(list(leader, 1000))(value, at);
  } catch (error) {
    if (error instanceof GleanerError) return undefined;
    throw error;
  }
};
const counts = object({ train: whole(MOST), valid: whole(MOST), test: whole(MOST) });
const score = object<ClassScore>({
  label: labelName,
  precision: shareOrNaN,
  recall: shareOrNaN,
  f1: shareOrNaN,
  support: whole(MOST),
});
const calibration = object<Calibration>({
  split: oneOf(SPLITS),
  images: whole(MOST),
  error: share,
  confidence: share,
  bins: list(object<Calibration['bins'][number]>({ images: whole(MOST), accuracy: share, confidence: share }), 10),
});
const backboneFields = object<BackboneInfo>({
  id: backboneId,
  family: oneOf(FAMILIES),
  weights: oneOf(WEIGHTS),
  source: text(2000),
  packed: optional(oneOf([true])),
});
/** What its id begins with and its family are one network. */
export const backbone: Shape<BackboneInfo> = (value, at) => {
  const info = backboneFields(value, at);
  return (backboneOfId(info.id)?.family ?? info.family) === info.family ? info : refuse('family');
};

const shortly = object<Report['backbone']>({ id: backboneId, weights: oneOf(WEIGHTS) });
export const report = object<Report>({
  labels: list(labelName, CLASSES),
  counts: record(labelName, counts, CLASSES),
  found: whole(MOST),
  stored: whole(MOST),
  rejected: rejectedCounts,
  backbone: shortly,
  beside: optional(list(shortly, BESIDE)),
  backend: oneOf(BACKENDS),
  head: object<Report['head']>({
    choice: oneOf(CHOICES),
    kind: oneOf(KINDS),
    options,
    leaderboard: leaders,
    backbones: optional(list(comparison, 10)),
    leftOut: optional(list(backboneId, 10)),
    reason: optional(object({ code: text(100, /^[a-z_]+$/), words: list(text(200), 20) })),
  }),
  epochs: whole(MOST),
  bestEpoch: whole(MOST),
  history: list(epoch, 100_000),
  trainAccuracy: shareOrNaN,
  validAccuracy: shareOrNaN,
  testAccuracy: shareOrNaN,
  validInterval: optional(pair(share)),
  testInterval: optional(pair(share)),
  calibration: optional(calibration),
  skipped: optional(whole(MOST)),
  confusion: object<Report['confusion']>({
    labels: list(labelName, CLASSES),
    matrix: list(list(whole(MOST), CLASSES), CLASSES),
  }),
  perClass: list(score, CLASSES),
  seconds: object<Report['seconds']>({ features: finite, head: finite }),
  imagesPerSecond: finiteOrNaN,
  seed: finite,
  trainedAt: time,
});

/** A verdict whose probabilities lie beside the model's row; in the first version of backups they stood in it. */
export type VerdictRow = Omit<Verdict, 'p'> & { p?: number[] };
export const verdict = object<VerdictRow>({
  sha256: hash,
  split: oneOf(SPLITS),
  truth: whole(CLASSES),
  p: optional(list(share, CLASSES)),
});
