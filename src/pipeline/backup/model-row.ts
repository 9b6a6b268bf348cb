// A trained model in a backup: its report and verdicts as JSON, the numbers of its heads and verdicts beside it. No topology is read from a file.
import { weightsOfId } from '../../backbones';
import { backbonesOf, inputLength, seeTheSame } from '../../backbones/together';
import type { Model } from '../../contract/report';
import { float16, fromHalf } from '../../formats/half';
import { hash, id, labelName, time } from './fields';
import { type HeadRow, haveRoots, headFrom, headLength, headParts, headRow } from './head-row';
import { LIMITS } from './limits';
import { BESIDE, backbone, CLASSES, report, type VerdictRow, verdict } from './report-shape';
import { finite, fits, isShare, list, object, optional, refuse, type Shape, text } from './shape';

/** No head has larger numbers; what they give stays within 32 bits, so that no answer is infinite. */
const LARGEST = 1e9;

/** A model without the numbers of its heads, means and verdicts, which lie beside it in this order. */
export type ModelRow = Omit<Model, 'head' | 'unseen' | 'resemblance' | 'verdicts'> & {
  head: HeadRow;
  verdicts: VerdictRow[];
  unseen?: HeadRow;
  resemblance?: { least: number };
};
const fields = object<ModelRow>({
  id,
  createdAt: time,
  labels: list(object<Model['labels'][number]>({ id, name: labelName, folder: text(100) }), CLASSES),
  backbone,
  beside: optional(list(backbone, BESIDE)),
  head: headRow,
  unseen: optional(headRow),
  resemblance: optional(object({ least: finite })),
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
    row.verdicts.every(({ truth: index, p }) => index < k && (p?.length ?? k) === k);
  if (!sound) refuse('labels');
  return standTogether(row) ? row : refuse('beside');
};

/** Several backbones: each once, all of them seeing the same square, and only linear heads read them. */
function standTogether(row: ModelRow): boolean {
  if (!row.beside) return true;
  const all = backbonesOf(row);
  const different = new Set(all.map(({ id }) => weightsOfId(id))).size === all.length;
  return (
    all.length > 1 && different && seeTheSame(all) && [row.head, row.unseen].every(head => head?.kind !== 'article')
  );
}

/** A model's row, and the numbers beside it in the order they are written; undefined where no reader would take them. */
export function modelParts(model: Model): { row: ModelRow; numbers: Float32Array } | undefined {
  const { head, unseen, resemblance, verdicts, ...others } = model;
  const [first, second] = [headParts(head), unseen && headParts(unseen)];
  const row = {
    ...others,
    head: first.row,
    ...(second && { unseen: second.row }),
    ...(resemblance && { resemblance: { least: resemblance.least } }),
    verdicts: verdicts.map(({ p: _p, ...verdict }) => verdict),
  };
  const k = model.labels.length;
  // Asked before any are put together: of many images and labels there are more than fit into memory.
  if (!fits(row, modelRow) || numbersOf(row) * 4 > LIMITS.numbers) return undefined;
  if (verdicts.some(({ p }) => p.length !== k)) return undefined;
  const means = resemblance ? [fromHalf(resemblance.means)] : [];
  const tensors = [...first.tensors, ...(second?.tensors ?? []), ...means];
  const numbers = new Float32Array(tensors.reduce((sum, { length }) => sum + length, k * verdicts.length));
  let at = 0;
  for (const part of [...tensors, ...verdicts.map(({ p }) => p)]) {
    numbers.set(part, at);
    at += part.length;
  }
  return fits(numbers, () => apart(row, numbers)) ? { row, numbers } : undefined;
}

/** The row's numbers, each kind apart. Throws `backup_field` unless there are exactly those it asks for, each as it can be. */
function apart(row: ModelRow, numbers: Float32Array) {
  const { head, unseen, resemblance, labels } = row;
  if (numbers.length !== numbersOf(row) || !numbers.every(value => Math.abs(value) <= LARGEST)) return refuse('head');
  const inputs = inputLength(row);
  const afterHead = headLength(head, inputs);
  const afterHeads = afterHead + (unseen ? headLength(unseen, inputs) : 0);
  const afterMeans = afterHeads + (resemblance ? labels.length * inputs : 0);
  const means = numbers.subarray(afterHeads, afterMeans);
  // Of a vector of length 1.
  if (means.some(value => Math.abs(value) > 1)) return refuse('resemblance');
  const said = numbers.subarray(afterMeans);
  if (!said.every(isShare)) return refuse('verdicts');
  const parts = { head: numbers.subarray(0, afterHead), unseen: numbers.subarray(afterHead, afterHeads), means, said };
  if (!haveRoots(head, inputs, parts.head) || (unseen && !haveRoots(unseen, inputs, parts.unseen)))
    return refuse('variance');
  return parts;
}

/** The model again. Throws `backup_field` unless there are exactly the numbers its row asks for, each as it can be. */
export function modelFrom(row: ModelRow, numbers: Float32Array): Model {
  const parts = apart(row, numbers);
  const { head, unseen, resemblance, verdicts, ...model } = row;
  const inputs = inputLength(row);
  const k = row.labels.length;
  let at = 0;
  const next = () => {
    at += k;
    return Array.from(parts.said.subarray(at - k, at));
  };
  return {
    ...model,
    head: headFrom(head, inputs, parts.head),
    ...(unseen && { unseen: headFrom(unseen, inputs, parts.unseen) }),
    ...(resemblance && { resemblance: { means: float16(parts.means), least: resemblance.least } }),
    verdicts: verdicts.map(verdict => ({ ...verdict, p: verdict.p ?? next() })),
  };
}

/** Numbers that lie beside a model's row. */
export function numbersOf({ head, unseen, resemblance, labels, verdicts, ...input }: ModelRow): number {
  const inputs = inputLength(input);
  const means = resemblance ? labels.length * inputs : 0;
  const said = labels.length * verdicts.filter(({ p }) => p === undefined).length;
  return headLength(head, inputs) + (unseen ? headLength(unseen, inputs) : 0) + means + said;
}
