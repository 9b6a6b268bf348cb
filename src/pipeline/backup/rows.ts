// The rows of a backup: which fields each has, in which order they are written.
import { backboneOfId } from '../../backbones';
import { type Candidate, MAX_ALTERNATIVES, REFUSALS } from '../../contract/candidate';
import type { ConfirmedLabels } from '../../contract/conflict';
import type { FeatureTask } from '../../contract/features';
import type { Harvest } from '../../contract/harvest';
import { type Job, type Passed, REASONS } from '../../contract/job';
import type { Label } from '../../contract/label';
import { IMAGE_TYPES, type Sample, SPLITS } from '../../contract/sample';
import {
  address,
  backboneId,
  CANDIDATE,
  hash,
  id,
  labelName,
  MOST,
  MOST_LABELS,
  provenance,
  SIDE,
  time,
  webAddress,
  words,
} from './fields';
import { list, object, oneOf, optional, record, refuse, type Shape, text, truth, whole } from './shape';

export const labelRow = object<Omit<Label, 'formerName'>>({
  id,
  name: labelName,
  folder: text(100),
  colour: whole(MOST),
  createdAt: time,
});

/**
 * What a sample says of itself. That it was deleted is not kept, because deleted samples are not; its quality is measured
 * anew, because another browser's decoder gives other numbers; `nearDuplicateOf` follows from its group. A sample whose bytes are lost
 * is none of the backup's.
 */
export type SampleRow = Omit<
  Sample,
  | 'nearDuplicateOf'
  | 'deletedAt'
  | 'deletedWithLabel'
  | 'deletedWithHarvest'
  | 'lost'
  | 'quality'
  | 'sketch'
  | 'deletedFrom'
  | 'former'
  | 'later'
  | 'landings'
>;
const labelIds = optional(list(id, MOST_LABELS));
const sampleFields = object<SampleRow>({
  sha256: hash,
  labelId: id,
  split: oneOf(SPLITS),
  type: oneOf(IMAGE_TYPES),
  bytes: whole(MOST),
  width: whole(SIDE),
  height: whole(SIDE),
  dHash: hash,
  group: hash,
  candidate: object<Candidate>({ url: address, ...CANDIDATE }),
  provenance,
  harvestId: (value, at) => (value === '' ? '' : id(value, at)),
  addedAt: time,
  confirmedLabels: labelIds,
});
/** Only images that somebody added by hand, which have no address, belong to no harvest. */
export const sampleRow: Shape<SampleRow> = (value, at) => {
  const row = { ...earlierWord(value, at), ...sampleFields(value, at) };
  return row.harvestId !== '' || row.candidate.url === '' ? row : refuse('harvestId');
};

/** Before version 4 of the database the confirmed labels went by another name, and were of near-duplicates alone. */
const earlierSample = object<{ rightUnder: string[] | undefined }>({ rightUnder: labelIds });
function earlierWord(value: unknown, at: string): Pick<SampleRow, 'confirmedLabels'> {
  const { rightUnder } = earlierSample(value, at);
  return rightUnder ? { confirmedLabels: rightUnder } : {};
}

/** An address that is known, whatever became of it. Its id and host follow from label and address. */
export type JobRow = Omit<Job, 'id' | 'host' | 'before'>;
export const jobRow = object<JobRow>({
  labelId: id,
  harvestId: id,
  candidate: object<Candidate>({ url: webAddress, ...CANDIDATE }),
  passed: optional(list(object<Passed>({ reason: oneOf(REASONS), detail: optional(text(1000)) }), MAX_ALTERNATIVES)),
  withPage: optional(oneOf([true])),
  provenance,
  state: oneOf(['queued', 'stored', 'rejected']),
  reason: optional(oneOf(REASONS)),
  detail: optional(text(1000)),
  attempts: whole(1000),
  notBefore: time,
  sha256: optional(hash),
});

/** Before version 4 of the database it was a duplicate's address that said that its image is confirmed against its label. */
const earlierJob = object<{ settled: true | undefined }>({ settled: optional(oneOf([true])) });
export const confirmationOfJob: Shape<ConfirmedLabels | undefined> = (value, at) => {
  const { reason, sha256, labelId } = jobRow(value, at);
  const said = earlierJob(value, at).settled && reason === 'duplicate-of' && sha256 !== undefined;
  return said ? { sha256, labelIds: [labelId] } : undefined;
};

export const harvestRow = object<Harvest>({
  id,
  labelId: id,
  engine: text(100),
  query: words,
  pageUrl: address,
  startedAt: time,
  tiles: whole(MOST),
  found: whole(MOST),
  added: whole(MOST),
  known: whole(MOST),
  refused: record(oneOf(REFUSALS), whole(MOST), REFUSALS.length),
  undone: truth,
  seen: optional(oneOf([true])),
  leftOut: optional(whole(MOST)),
  // What found nothing has no label, here or anywhere.
  newLabel: () => undefined,
  madeLabel: optional(oneOf([true])),
});

export interface FeatureRow extends FeatureTask {
  backbone: string;
  /** Features of one image where they are not 2048, as all were once. */
  length?: number;
}
/** No network here or to come gives more. */
const LONGEST_FEATURES = 16_384;
const featureFields = object<FeatureRow>({
  sha256: hash,
  backbone: backboneId,
  variant: oneOf(['', 'mirror']),
  length: optional(whole(LONGEST_FEATURES)),
});
/** A backbone that is known here gives as many as it gives. */
export const featureRow: Shape<FeatureRow> = (value, at) => {
  const row = featureFields(value, at);
  const known = backboneOfId(row.backbone);
  return known && featureNumbers(row) !== 2 * known.length ? refuse('length') : row;
};

/** A network's pooled activations are a few units; one image with huge ones would be all that a training sees. */
const LARGEST_FEATURE = 100;
/** Whether these can be an image's features: means, then mean squares, of which roots are taken. */
export function areFeatures(values: Float32Array): boolean {
  const half = values.length / 2;
  return values.every((value, i) =>
    i < half ? Math.abs(value) <= LARGEST_FEATURE : value >= 0 && value <= LARGEST_FEATURE ** 2,
  );
}

/** Numbers beside a row: m, then q. */
export function featureNumbers({ length = 2048 }: FeatureRow): number {
  return 2 * length;
}
