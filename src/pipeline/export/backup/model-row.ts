// A trained model in a backup: its report and verdicts as JSON, the head's numbers beside it. No topology is read from a file.
import { GleanerError } from '../../../contract/error';
import { type BackboneInfo, FEATURE_LENGTH } from '../../../contract/features';
import type { ArticleOptions, EpochRecord, HeadWeights, LeaderboardRow, Matrix } from '../../../contract/head';
import type { ClassScore, Model, Report, Verdict } from '../../../contract/report';
import { SPLITS } from '../../../contract/sample';
import { hash, id, labelName, rejectedCounts } from './rows';
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
  text,
  truth,
  whole,
} from './shape';

const MOST = 1_000_000_000;
const CLASSES = 5000;
const HIDDEN = 4096;
const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
const FAMILIES = ['keras-v1', 'torch-v1.5'] as const;
const WEIGHTS = ['imagenet', 'file', 'seeded'] as const;
const CHOICES = ['auto', 'article', 'linear'] as const;
const KINDS = ['linear', 'article'] as const;

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
  acc: finiteOrNaN,
  valLoss: finiteOrNaN,
  valAcc: finiteOrNaN,
});
const leader = object<LeaderboardRow>({
  kind: oneOf(KINDS),
  l2: optional(finite),
  folds: whole(MOST),
  allFolds: whole(MOST),
  loss: finiteOrNaN,
  acc: finiteOrNaN,
  seconds: finite,
  winner: truth,
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
  precision: finiteOrNaN,
  recall: finiteOrNaN,
  f1: finiteOrNaN,
  support: whole(MOST),
});
const backbone = object<BackboneInfo>({
  id: text(200),
  family: oneOf(FAMILIES),
  weights: oneOf(WEIGHTS),
  source: text(2000),
  packed: optional(oneOf([true])),
});

const report = object<Report>({
  labels: list(labelName, CLASSES),
  counts: record(labelName, counts, CLASSES),
  found: whole(MOST),
  stored: whole(MOST),
  rejected: rejectedCounts,
  backbone: object<Report['backbone']>({ id: text(200), weights: oneOf(WEIGHTS) }),
  backend: oneOf(BACKENDS),
  head: object<Report['head']>({
    choice: oneOf(CHOICES),
    kind: oneOf(KINDS),
    options,
    leaderboard: leaders,
    reason: optional(object({ code: text(100, /^[a-z_]+$/), words: list(text(200), 20) })),
  }),
  epochs: whole(MOST),
  bestEpoch: whole(MOST),
  history: list(epoch, 100_000),
  trainAccuracy: finiteOrNaN,
  validAccuracy: finiteOrNaN,
  testAccuracy: finiteOrNaN,
  validInterval: optional(pair(finite)),
  testInterval: optional(pair(finite)),
  skipped: optional(whole(MOST)),
  confusion: object<Report['confusion']>({
    labels: list(labelName, CLASSES),
    matrix: list(list(whole(MOST), CLASSES), CLASSES),
  }),
  perClass: list(score, CLASSES),
  seconds: object<Report['seconds']>({ features: finite, head: finite }),
  imagesPerSecond: finiteOrNaN,
  seed: finite,
  trainedAt: finite,
});

const verdict = object<Verdict>({
  sha256: hash,
  split: oneOf(SPLITS),
  truth: whole(CLASSES),
  p: list(finite, CLASSES),
});

/** What stands in place of the head's numbers, enough to know how many there must be. */
type HeadRow = { kind: 'linear'; classes: number; l2: number } | { kind: 'article'; classes: number; hidden: number };
const headRow: Shape<HeadRow> = (value, at) => {
  const { kind } = object({ kind: oneOf(KINDS) })(value, at);
  if (kind === 'linear') return object({ kind: oneOf(['linear']), classes: whole(CLASSES), l2: finite })(value, at);
  return object({ kind: oneOf(['article']), classes: whole(CLASSES), hidden: whole(HIDDEN) })(value, at);
};

/** A model without its heads' numbers, which lie beside it. */
export type ModelRow = Omit<Model, 'head' | 'unseen'> & { head: HeadRow; unseen?: HeadRow };
const fields = object<ModelRow>({
  id,
  createdAt: finite,
  labels: list(object<Model['labels'][number]>({ id, name: labelName, folder: text(100) }), CLASSES),
  backbone,
  head: headRow,
  unseen: optional(headRow),
  unread: optional(list(hash, 1_000_000)),
  report,
  verdicts: list(verdict, 1_000_000),
});
/** Every list that is told by class has one entry for each class: screens index them without asking. */
export const modelRow: Shape<ModelRow> = (value, at) => {
  const row = fields(value, at);
  const k = row.labels.length;
  const { labels, confusion, perClass } = row.report;
  const sound =
    k > 0 &&
    row.head.classes === k &&
    (row.unseen?.classes ?? k) === k &&
    labels.length === k &&
    confusion.labels.length === k &&
    confusion.matrix.length === k &&
    confusion.matrix.every(line => line.length === k) &&
    perClass.length === k &&
    labels.every(label => Object.hasOwn(row.report.counts, label)) &&
    row.verdicts.every(({ truth: index, p }) => index < k && p.length === k);
  return sound ? row : refuse('labels');
};

/** A model's row, and the numbers of its heads in the order they are written. */
export function modelParts({ head, unseen, ...model }: Model): { row: ModelRow; tensors: Float32Array[] } {
  const first = headParts(head);
  if (!unseen) return { row: { ...model, head: first.row }, tensors: first.tensors };
  const second = headParts(unseen);
  return { row: { ...model, head: first.row, unseen: second.row }, tensors: [...first.tensors, ...second.tensors] };
}

/** The model again. Throws `backup_field` unless there are exactly the numbers its row asks for, all of them finite. */
export function modelFrom(row: ModelRow, numbers: Float32Array): Model {
  if (numbers.length !== numbersOf(row) || !numbers.every(Number.isFinite)) return refuse('head');
  const { head, unseen, ...model } = row;
  const length = headLength(head);
  return {
    ...model,
    head: headFrom(head, numbers.subarray(0, length)),
    ...(unseen ? { unseen: headFrom(unseen, numbers.subarray(length)) } : {}),
  };
}

/** Numbers that lie beside a model's row. */
export function numbersOf({ head, unseen }: ModelRow): number {
  return headLength(head) + (unseen ? headLength(unseen) : 0);
}

function headParts(head: HeadWeights): { row: HeadRow; tensors: Float32Array[] } {
  if (head.kind === 'linear') {
    return { row: { kind: 'linear', classes: head.b.length, l2: head.l2 }, tensors: [head.w.values, head.b] };
  }
  const { w1, b1, gamma, beta, mean, variance, w2, b2 } = head;
  return {
    row: { kind: 'article', classes: b2.length, hidden: b1.length },
    tensors: [w1.values, b1, gamma, beta, mean, variance, w2.values, b2],
  };
}

function headFrom(row: HeadRow, values: Float32Array): HeadWeights {
  let at = 0;
  const vector = (length: number) => {
    at += length;
    return values.slice(at - length, at);
  };
  const matrix = (rows: number, columns: number): Matrix => ({ rows, columns, values: vector(rows * columns) });
  const k = row.classes;
  if (row.kind === 'linear') return { kind: 'linear', w: matrix(FEATURE_LENGTH, k), b: vector(k), l2: row.l2 };
  const n = row.hidden;
  return {
    kind: 'article',
    w1: matrix(FEATURE_LENGTH, n),
    b1: vector(n),
    gamma: vector(n),
    beta: vector(n),
    mean: vector(n),
    variance: vector(n),
    w2: matrix(n, k),
    b2: vector(k),
  };
}

/** Numbers a head of this row has. */
function headLength(row: HeadRow): number {
  const k = row.classes;
  return row.kind === 'linear' ? (FEATURE_LENGTH + 1) * k : (FEATURE_LENGTH + 5) * row.hidden + (row.hidden + 1) * k;
}
