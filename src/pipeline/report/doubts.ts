// Which labels deserve a second look: images whose own label is least likely to a model that has not seen them.

export interface Doubted {
  row: number;
  /** The likeliest class, which is another than the image's own. */
  predicted: number;
  /** Probability of the image's own class, its self-confidence, and of the likeliest. */
  own: number;
  likeliest: number;
}

/**
 * Rows whose likeliest class is another than their own, by rising self-confidence (C. G. Northcutt et al., "Confident
 * learning", JAIR 70, 2021). A ranking for review: most of the first are wrong labels in a set that has some, and hard
 * images in one that has none, so nothing may be dropped by it.
 * @param p out-of-fold probabilities [rows × classes]; rows of NaN are left out.
 */
export function doubted(p: Float32Array, truth: ArrayLike<number>, classes: number): Doubted[] {
  const found: Doubted[] = [];
  for (let row = 0; row < truth.length; row++) {
    const mine = p.subarray(row * classes, (row + 1) * classes);
    const likeliest = Math.max(...mine);
    const predicted = mine.indexOf(likeliest);
    const own = mine[truth[row]!]!;
    if (predicted !== -1 && predicted !== truth[row]) found.push({ row, predicted, own, likeliest });
  }
  return found.sort((a, b) => a.own - b.own);
}
