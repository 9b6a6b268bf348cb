// Counts of true against predicted classes, and the scores that follow from them.
import { type ClassScore, tallyOf } from '../../contract/report';

/** Rows are true classes, columns predicted ones. */
export function confusionMatrix(
  truths: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truths.length; i++) matrix[truths[i]!]![predictions[i]!]! += 1;
  return matrix;
}

/** Precision, recall, F1 and support per class; a score with nothing to divide by is 0, as scikit-learn has it. */
export function classScores(matrix: number[][], labels: string[]): ClassScore[] {
  return labels.map((label, k) => {
    const hits = matrix[k]![k]!;
    const support = matrix[k]!.reduce((sum, n) => sum + n, 0);
    const predicted = matrix.reduce((sum, row) => sum + row[k]!, 0);
    const precision = predicted === 0 ? 0 : hits / predicted;
    const recall = support === 0 ? 0 : hits / support;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { label, precision, recall, f1, support };
  });
}

/** Share of the diagonal; NaN for an empty matrix. */
export function accuracy(matrix: number[][]): number {
  const { right, of } = tallyOf(matrix);
  return right / of;
}
