// What a linear head says of every image when it has learnt from the others only: the evidence for wrong labels.
import { classify } from './classify';
import type { FeatureTable } from './data';
import { makeFolds } from './folds';
import { openLinear } from './linear';
import { seededRandom } from './random';

const FOLDS = 5;

interface Settings {
  /** Strength of the L2 penalty. */
  l2: number;
  /** Whether classes are weighted inversely to their size. */
  balanced: boolean;
  seed: number;
}

/**
 * Probabilities [count × classes] of every row, each by a fit that has seen neither the row nor its near-duplicates;
 * undefined when the rows cannot be parted into folds. Rejects with the signal's reason.
 */
export async function outOfFold(
  table: FeatureTable,
  { l2, balanced, seed }: Settings,
  onFold: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array | undefined> {
  const rows = Int32Array.from({ length: table.count }, (_, row) => row);
  const folds = makeFolds(table, rows, FOLDS, seededRandom(seed));
  if (folds.length === 0) return undefined;
  const all = new Float32Array(table.count * table.classes);
  for (const [done, { fit, held }] of folds.entries()) {
    onFold(done, folds.length);
    const problem = openLinear(table, fit, balanced);
    try {
      const { weights } = await problem.fit(l2, undefined, undefined, signal);
      signal?.throwIfAborted();
      const p = await classify(weights, table, held);
      for (const [i, row] of held.entries())
        all.set(p.subarray(i * table.classes, (i + 1) * table.classes), row * table.classes);
    } finally {
      problem.dispose();
    }
  }
  return all;
}
