// A head in a backup: its kind and sizes as JSON, its numbers beside it.
import type { HeadWeights, Matrix } from '../../contract/head';
import { CLASSES, KINDS } from './report-shape';
import { notNegative, object, oneOf, optional, type Shape, whole } from './shape';

const HIDDEN = 4096;

/** What stands in place of the head's numbers, enough to know how many there must be. */
export type HeadRow =
  | { kind: 'linear'; classes: number; l2: number; lambda?: number }
  | { kind: 'article'; classes: number; hidden: number };
export const headRow: Shape<HeadRow> = (value, at) => {
  const { kind } = object({ kind: oneOf(KINDS) })(value, at);
  if (kind === 'linear') {
    const held = { l2: notNegative, lambda: optional(notNegative) };
    return object({ kind: oneOf(['linear']), classes: whole(CLASSES), ...held })(value, at);
  }
  return object({ kind: oneOf(['article']), classes: whole(CLASSES), hidden: whole(HIDDEN) })(value, at);
};

/** Whether a root can be taken of each of the head's variances, the last of its vectors of hidden units. */
export function haveRoots(row: HeadRow, inputs: number, values: Float32Array): boolean {
  if (row.kind === 'linear') return true;
  return values.subarray((inputs + 4) * row.hidden, (inputs + 5) * row.hidden).every(value => value >= 0);
}

/** A head's row, and its numbers in the order they are written. */
export function headParts(head: HeadWeights): { row: HeadRow; tensors: Float32Array[] } {
  if (head.kind === 'linear') {
    return { row: { kind: 'linear', classes: head.b.length, ...strength(head) }, tensors: [head.w.values, head.b] };
  }
  const { w1, b1, gamma, beta, mean, variance, w2, b2 } = head;
  return {
    row: { kind: 'article', classes: b2.length, hidden: b1.length },
    tensors: [w1.values, b1, gamma, beta, mean, variance, w2.values, b2],
  };
}

/** Models from before λ have the bare l2 alone. */
function strength({ l2, lambda }: { l2: number; lambda?: number }): { l2: number; lambda?: number } {
  return lambda === undefined ? { l2 } : { l2, lambda };
}

/** The head again, from as many numbers as `headLength` says. */
export function headFrom(row: HeadRow, inputs: number, values: Float32Array): HeadWeights {
  let at = 0;
  const vector = (length: number) => {
    at += length;
    return values.slice(at - length, at);
  };
  const matrix = (rows: number, columns: number): Matrix => ({ rows, columns, values: vector(rows * columns) });
  const k = row.classes;
  if (row.kind === 'linear') return { kind: 'linear', w: matrix(inputs, k), b: vector(k), ...strength(row) };
  const n = row.hidden;
  return {
    kind: 'article',
    w1: matrix(inputs, n),
    b1: vector(n),
    gamma: vector(n),
    beta: vector(n),
    mean: vector(n),
    variance: vector(n),
    w2: matrix(n, k),
    b2: vector(k),
  };
}

/** Numbers a head of this row has, over so many features. */
export function headLength(row: HeadRow, inputs: number): number {
  const k = row.classes;
  return row.kind === 'linear' ? (inputs + 1) * k : (inputs + 5) * row.hidden + (row.hidden + 1) * k;
}
