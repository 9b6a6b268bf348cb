// How alike images are to the backbone: cosine of their features.

/** Between −1 and 1 (features after ReLU: 0 to 1); 0 when either vector is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}

/** Cosines between all pairs, [n × n]: a symmetric matrix with ones on its diagonal. */
export function similarityMatrix(means: Float32Array[]): number[][] {
  return means.map(a => means.map(b => cosine(a, b)));
}
