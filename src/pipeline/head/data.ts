// The features of all samples side by side, as training reads them.

/** Rows are samples; m and q are row-major [count × length]. A fold or a split is a list of row numbers. */
export interface FeatureTable {
  count: number;
  /** Values per row of m and of q. */
  length: number;
  m: Float32Array;
  q: Float32Array;
  /** Class index per row. */
  truth: Int32Array;
  classes: number;
  /** Rows of one group are near-duplicates and are never parted. */
  groups: string[];
}

/** The rows' m laid end to end. */
export function gather({ m, length }: FeatureTable, rows: Int32Array): Float32Array {
  const values = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) values.set(m.subarray(row * length, (row + 1) * length), i * length);
  return values;
}

/**
 * Weight per class: rows / (present classes · rows of the class), so that the weighted rows still count as many as before;
 * all 1 when weighting is off. Classes without a row weigh 0.
 */
export function classWeights({ truth, classes }: FeatureTable, rows: Int32Array, balanced: boolean): Float32Array {
  const counts = new Float32Array(classes);
  for (const row of rows) counts[truth[row]!]! += 1;
  const present = counts.filter(count => count > 0).length;
  return counts.map(count => (count === 0 ? 0 : balanced ? rows.length / (present * count) : 1));
}

/** Mean cross-entropy (natural log, weighted by nothing) and accuracy of probabilities [rows × classes]; NaN for no rows. */
export function score({ truth, classes }: FeatureTable, rows: Int32Array, p: Float32Array) {
  let loss = 0;
  let correct = 0;
  for (const [i, row] of rows.entries()) {
    const mine = p.subarray(i * classes, (i + 1) * classes);
    // Keras's own floor keeps one impossible answer from making the mean infinite.
    loss -= Math.log(Math.max(mine[truth[row]!]!, 1e-7));
    if (largest(mine) === truth[row]) correct++;
  }
  return { loss: loss / rows.length, acc: correct / rows.length };
}

/** Index of the largest value; the first of equals. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Softmax of each row of logits [n × classes], in place; shifted by the row's maximum so that nothing overflows. */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const top = row[largest(row)]!;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(row[k]! - top);
    for (let k = 0; k < classes; k++) row[k] = Math.exp(row[k]! - top) / sum;
  }
  return logits;
}
