// Folds batch norm into the convolution before it: two layers become one with the same output.
import type { ConvLayer, FoldedConv } from '../../contract/features';

/** A convolution and its batch norm as a weight file holds them. The kernel is HWIO; all else has one value per output. */
export interface RawConv {
  kernel: Float32Array;
  /** Keras's convolutions have a bias, torchvision's have none. */
  bias?: Float32Array;
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

/** γ·(k∗x + b − μ)/√(σ² + ε) + β = (k·s)∗x + (b − μ)·s + β with s = γ/√(σ² + ε). */
export function fold(layer: ConvLayer, raw: RawConv, epsilon: number): FoldedConv {
  const outputs = layer.shape[3];
  const kernel = new Float32Array(raw.kernel.length);
  const bias = new Float32Array(outputs);
  const scale = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    scale[o] = raw.gamma[o]! / Math.sqrt(raw.variance[o]! + epsilon);
    bias[o] = ((raw.bias?.[o] ?? 0) - raw.mean[o]!) * scale[o]! + raw.beta[o]!;
  }
  for (let row = 0; row < kernel.length; row += outputs) {
    for (let o = 0; o < outputs; o++) kernel[row + o] = raw.kernel[row + o]! * scale[o]!;
  }
  return { ...layer, kernel, bias };
}
