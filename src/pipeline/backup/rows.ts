// The rows of a backup: which fields each has, in which order they are written, and what each may hold.
import { backboneOfId } from '../../backbones';
import {
  type Candidate,
  MAX_ADDRESS_LENGTH,
  MAX_ALTERNATIVE_LENGTH,
  MAX_ALTERNATIVES,
  type Provenance,
  REFUSALS,
} from '../../contract/candidate';
import type { ConfirmedLabels } from '../../contract/conflict';
import type { FeatureTask } from '../../contract/features';
import type { Harvest } from '../../contract/harvest';
import { type Job, type Passed, REASONS, type Reason } from '../../contract/job';
import { type Label, LONGEST_LABEL_NAME } from '../../contract/label';
import { IMAGE_TYPES, type Sample, SPLITS, type SplitRatios } from '../../contract/sample';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings';
import { list, object, oneOf, optional, record, refuse, type Shape, text, truth, whole } from './shape';

/** The latest time a Date can hold. */
const TIME = 8.64e15;
const SIDE = 1_000_000;
const MOST = 1_000_000_000;
/** No backup holds more labels. */
export const MOST_LABELS = 10_000;

export const time: Shape<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= TIME ? value : refuse(at);
/** As `crypto.randomUUID` makes them, so that no id of a file can mean anything else here. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const id = text(36, UUID);
/** What features are of: it becomes part of keys, and stands in files made of a model, in every format. */
export const backboneId = text(200, /^[a-z0-9][a-z0-9._-]*$/i);
export const hash = text(64, /^[0-9a-f]{64}$/);
const words = text(2000);
export const labelName = text(LONGEST_LABEL_NAME);

/** Empty, or an http(s) address: what a screen may make a link of. */
const address: Shape<string> = (value, at) => {
  const checked = text(MAX_ADDRESS_LENGTH)(value, at);
  return checked === '' || (/^https?:\/\//i.test(checked) && URL.canParse(checked)) ? checked : refuse(at);
};
const webAddress: Shape<string> = (value, at) => address(value, at) || refuse(at);
const alternative: Shape<string> = (value, at) => webAddress(text(MAX_ALTERNATIVE_LENGTH)(value, at), at);
/** As `Infinity` and fractions of a page's own numbers would come. */
const side: Shape<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= SIDE ? value : refuse(at);

const CANDIDATE = {
  alternatives: optional(list(alternative, MAX_ALTERNATIVES)),
  width: optional(side),
  height: optional(side),
  title: optional(words),
  sourcePage: optional(address),
  licence: optional(words),
  thumbnail: optional(address),
};
const provenance = object<Provenance>({
  engine: text(100),
  query: words,
  pageUrl: address,
  harvestedAt: time,
  downloadedFrom: optional(webAddress),
});

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
/** Only pictures that somebody added by hand, which have no address, belong to no harvest. */
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

export const rejectedCounts: Shape<Partial<Record<Reason, number>>> = record(
  oneOf(REASONS),
  whole(MOST),
  REASONS.length,
);

const share: Shape<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : refuse(at);

/**
 * Settings that belong to the project; which backend is fastest belongs to the device, what sites are told, what is said of an
 * image and what is computed ahead to the user.
 */
export type ProjectSettings = Omit<Settings, 'version' | 'backend' | 'sendReferer' | 'lookAhead' | 'noneOfThese'>;
const ratios: Shape<SplitRatios> = (value, at) => {
  const shares = object<SplitRatios>({ train: share, valid: share, test: share })(value, at);
  const sum = shares.train + shares.valid + shares.test;
  return Math.abs(sum - 1) < 1e-6 && shares.train > 0 ? shares : refuse(at);
};
/** What each of them may be, wherever it comes from. */
export const SETTINGS = {
  ratios,
  target: whole(5000),
  transfers: (value, at) => whole(6)(value, at) || refuse(at),
  minSide: whole(4000),
  honourOptOut: truth,
  // Earlier versions wrote neither.
  takeAtOnce: (value = DEFAULT_SETTINGS.takeAtOnce, at) => truth(value, at),
  searchEngine: (value = DEFAULT_SETTINGS.searchEngine, at) => text(40)(value, at),
  welcomed: truth,
} satisfies { [K in keyof ProjectSettings]: Shape<ProjectSettings[K]> };
export const settingsRow = object<ProjectSettings>(SETTINGS);

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

/** Numbers beside a row: m, then q. */
export function featureNumbers({ length = 2048 }: FeatureRow): number {
  return 2 * length;
}
