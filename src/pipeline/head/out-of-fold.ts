// What a linear head says of every image when it has learnt from the others only: the evidence for wrong labels.
import type { Penalty } from '../../contract/head';
import { classify } from './classify';
import type { FeatureTable } from './data';
import { type Fold, makeFolds } from './folds';
import { openLinear } from './linear';
import { seededRandom } from './random';

const FOLDS = 5;
/** Share of the rows a second pass does not learn from. Between 5 and 25 % it found more than one pass in every set we have. */
const DROPPED = 0.15;
/** Of no class is more than this share dropped: one that is hard to tell must not vanish from the fits. */
const MOST_OF_A_CLASS = 0.5;

interface Settings {
  penalty: Penalty;
  /** Whether classes are weighted inversely to their size. */
  balanced: boolean;
  seed: number;
  /** 2 judges all rows once more, by fits without those that the first pass found least likely. */
  passes: 1 | 2;
}

/**
 * Probabilities [count × classes] of every row, each by a fit that has seen neither the row nor its near-duplicates;
 * undefined when the rows cannot be parted into folds. Rejects with the signal's reason.
 */
export async function outOfFold(
  table: FeatureTable,
  { passes, ...settings }: Settings,
  onFold: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array | undefined> {
  const rows = Int32Array.from({ length: table.count }, (_, row) => row);
  const folds = makeFolds(table, rows, FOLDS, seededRandom(settings.seed));
  if (folds.length === 0) return undefined;
  const total = passes * folds.length;
  const first = await judge(table, folds, settings, done => onFold(done, total), signal);
  if (passes === 1) return first;
  const doubted = leastLikely(table, first);
  const trusted = folds.map(({ fit, held }) => ({ fit: fit.filter(row => !doubted.has(row)), held }));
  return judge(table, trusted, settings, done => onFold(folds.length + done, total), signal);
}

async function judge(
  table: FeatureTable,
  folds: Fold[],
  { penalty, balanced }: Omit<Settings, 'passes'>,
  onFold: (done: number) => void,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const all = new Float32Array(table.count * table.classes);
  for (const [done, { fit, held }] of folds.entries()) {
    onFold(done);
    const problem = openLinear(table, fit, balanced);
    try {
      const { weights } = await problem.fit(penalty, undefined, undefined, signal);
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

/** The rows that a second pass drops, by rising likelihood of their own label. `p`: probabilities [count × classes]. */
export function leastLikely(
  { count, classes, truth }: Pick<FeatureTable, 'count' | 'classes' | 'truth'>,
  p: Float32Array,
): Set<number> {
  const own = (row: number) => p[row * classes + truth[row]!]!;
  const spare = new Float32Array(classes);
  for (const k of truth) spare[k]! += MOST_OF_A_CLASS;
  const dropped = new Set<number>();
  const order = Array.from({ length: count }, (_, row) => row).sort((a, b) => own(a) - own(b) || a - b);
  for (const row of order) {
    if (dropped.size >= Math.floor(DROPPED * count)) break;
    const k = truth[row]!;
    if (spare[k]! < 1) continue;
    spare[k]! -= 1;
    dropped.add(row);
  }
  return dropped;
}
