// Batch norm between the two dense layers: forward, the way back, and the statistics it can use.
import { BATCH_NORM_EPSILON } from '../../contract/head';
import type { Workspace } from '../../kernels/workspace';
import type { Adam } from './adam';

/** Of each unit. */
export interface Moments {
  mean: Float64Array;
  variance: Float64Array;
}

/** Mean and variance (divided by n) of each column of values [rows × units], which may come in parts. */
export function createMoments(units: number): { add(values: Float32Array, n: number): void; read(): Moments } {
  const [sums, squares] = [new Float64Array(units), new Float64Array(units)];
  let count = 0;
  return {
    add(values, n) {
      count += n;
      for (let i = 0; i < n * units; i += units) {
        for (let j = 0; j < units; j++) {
          const value = values[i + j]!;
          sums[j]! += value;
          squares[j]! += value * value;
        }
      }
    },
    read() {
      const mean = sums.map(sum => sum / count);
      // 64 bits leave the difference of 32-bit numbers' squares its digits; rounding must not make it negative.
      return { mean, variance: squares.map((sum, j) => Math.max(0, sum / count - mean[j]! ** 2)) };
    },
  };
}

export interface Norm {
  /** y = γ·(x − mean)/√(variance + ε) + β of `n` rows of `units` values. */
  forward(x: Float32Array, n: number, { mean, variance }: Moments, y: Float32Array): void;
  /**
   * Gradient of x through the norm by the batch's own `moments`, and of ReLU before it, from the gradient of y. Takes the
   * gradients of γ and β into them.
   */
  back(x: Float32Array, n: number, moments: Moments, dY: Float32Array, dX: Float32Array): void;
  /** Without the filling. */
  read(): { gamma: Float32Array; beta: Float32Array };
}

/** `units` with the filling; `gamma` and `beta` without. */
export function createNorm(
  workspace: Workspace,
  adam: Adam,
  units: number,
  gamma: Float32Array,
  beta: Float32Array,
): Norm {
  const { floats } = workspace;
  const [scale, shift, gradient] = [adam.take(units), adam.take(units), workspace.take(units)];
  floats(scale.weight).set(gamma);
  floats(shift.weight).set(beta);
  const inverse = ({ variance }: Moments) => variance.map(value => 1 / Math.sqrt(value + BATCH_NORM_EPSILON));
  return {
    forward(x, n, moments, y) {
      const [g, b, { mean }] = [floats(scale.weight), floats(shift.weight), moments];
      const factor = inverse(moments).map((value, j) => value * g[j]!);
      const constant = mean.map((value, j) => b[j]! - value * factor[j]!);
      for (let i = 0; i < n * units; i += units) {
        for (let j = 0; j < units; j++) y[i + j] = x[i + j]! * factor[j]! + constant[j]!;
      }
    },
    back(x, n, moments, dY, dX) {
      const { mean } = moments;
      const inv = inverse(moments);
      const [sums, products] = [new Float64Array(units), new Float64Array(units)];
      for (let i = 0; i < n * units; i += units) {
        for (let j = 0; j < units; j++) {
          sums[j]! += dY[i + j]!;
          products[j]! += dY[i + j]! * x[i + j]!;
        }
      }
      for (let j = 0; j < units; j++) products[j] = (products[j]! - mean[j]! * sums[j]!) * inv[j]!;
      // γ·inv·(dY − Σ dY / n − norm · Σ dY·norm / n): the batch's own mean and variance depend on every row, hence the
      // two means taken off. Gathered by what stands with dY, with x, and alone.
      const g = floats(scale.weight);
      const withY = inv.map((value, j) => value * g[j]!);
      const withX = inv.map((value, j) => (-withY[j]! * value * products[j]!) / n);
      const alone = sums.map((sum, j) => (-withY[j]! * sum) / n - withX[j]! * mean[j]!);
      for (let i = 0; i < n * units; i += units) {
        for (let j = 0; j < units; j++) {
          const value = x[i + j]!;
          dX[i + j] = value > 0 ? withY[j]! * dY[i + j]! + withX[j]! * value + alone[j]! : 0;
        }
      }
      floats(gradient).set(products);
      adam.update(scale, gradient.address);
      floats(gradient).set(sums);
      adam.update(shift, gradient.address);
    },
    read: () => ({
      gamma: floats(scale.weight).slice(0, gamma.length),
      beta: floats(shift.weight).slice(0, beta.length),
    }),
  };
}
