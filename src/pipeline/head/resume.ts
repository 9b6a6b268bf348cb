// Resuming from an older head: its classes where the labels now stand, and labels it did not know appended.
import type { HeadWeights, Matrix } from '../../contract/head';
import { seededRandom } from './random';

/**
 * `from` and `to` name the classes of the old and the new head, in order. Classes no longer there are dropped. New ones
 * begin as a fresh head does: at zero in the linear head, Glorot-uniform in the article's.
 */
export function withClasses(weights: HeadWeights, from: string[], to: string[], seed: number): HeadWeights {
  const old = to.map(name => from.indexOf(name));
  if (weights.kind === 'linear') {
    return { ...weights, w: columns(weights.w, old, () => 0), b: pick(weights.b, old) };
  }
  const { uniform } = seededRandom(seed);
  const limit = Math.sqrt(6 / (weights.w2.rows + to.length));
  const w2 = columns(weights.w2, old, () => (2 * uniform() - 1) * limit);
  return { ...weights, w2, b2: pick(weights.b2, old) };
}

/** The matrix with these of its columns; −1 asks for a new one. */
function columns({ rows, columns: width, values }: Matrix, old: number[], fresh: () => number): Matrix {
  const picked = new Float32Array(rows * old.length);
  for (let row = 0; row < rows; row++) {
    for (const [k, was] of old.entries()) picked[row * old.length + k] = was < 0 ? fresh() : values[row * width + was]!;
  }
  return { rows, columns: old.length, values: picked };
}

function pick(values: Float32Array, old: number[]): Float32Array {
  return Float32Array.from(old, was => values[was] ?? 0);
}
