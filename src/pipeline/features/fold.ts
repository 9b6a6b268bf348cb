// Folds batch norm into the convolution before it: two layers become one with the same output.
import { kernelLength, outputsOf } from '../../backbones/layers';
import type { FoldedLayer, WeightedLayer } from '../../contract/backbone';

/** A convolution and its batch norm as a weight file holds them. The kernel is in the layer's order; all else has one value per output. */
export interface RawLayer {
  kernel: Float32Array;
  /** Keras's convolutions have a bias, torchvision's have none. */
  bias?: Float32Array;
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

/** γ·(k∗x + b − μ)/√(σ² + ε) + β = (k·s)∗x + (b − μ)·s + β with s = γ/√(σ² + ε). */
export function fold(layer: WeightedLayer, raw: RawLayer, epsilon: number): FoldedLayer {
  const outputs = outputsOf(layer);
  const kernel = new Float32Array(kernelLength(layer));
  const bias = new Float32Array(outputs);
  const scale = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    scale[o] = raw.gamma[o]! / Math.sqrt(raw.variance[o]! + epsilon);
    bias[o] = ((raw.bias?.[o] ?? 0) - raw.mean[o]!) * scale[o]! + raw.beta[o]!;
  }
  // In a depthwise kernel too, [height, width, channels, 1], outputs vary fastest.
  for (let row = 0; row < kernel.length; row += outputs) {
    for (let o = 0; o < outputs; o++) kernel[row + o] = raw.kernel[row + o]! * scale[o]!;
  }
  return { ...layer, kernel, bias };
}
