// The whole classifier as a list of layers, from raw pixels to probabilities: what every model format is written from.
import {
  type Architecture,
  type ConvLayer,
  FEATURE_LENGTH,
  type FoldedConv,
  IMAGE_SIDE,
  type Preprocessing,
} from '../../contract/features';
import { BATCH_NORM_EPSILON, type HeadWeights } from '../../contract/head';

/** Numbers with a shape, row-major. */
export interface Tensor {
  shape: number[];
  values: Float32Array;
}

/** One layer; `from` names the layer or layers it reads. Pictures are height × width × channels. */
export type Layer =
  | { kind: 'input'; name: string; shape: number[] }
  | {
      kind: 'convolution';
      name: string;
      from: string;
      kernel: Tensor;
      bias: Tensor;
      stride: number;
      /** Zeros around the picture, on all four sides. */
      padding: number;
      relu: boolean;
    }
  | { kind: 'max-pool'; name: string; from: string; size: number; stride: number; padding: number }
  | { kind: 'add-relu'; name: string; from: [string, string] }
  | { kind: 'average'; name: string; from: string }
  | { kind: 'dense'; name: string; from: string; kernel: Tensor; bias: Tensor; activation: 'relu' | 'softmax' }
  | { kind: 'normalise'; name: string; from: string; scale: NormTensors; epsilon: number };

/** The four vectors of a batch norm, as Keras calls and orders them. */
export interface NormTensors {
  gamma: Tensor;
  beta: Tensor;
  moving_mean: Tensor;
  moving_variance: Tensor;
}

/** What a pixel of the input is: RGB 0–255, or 0–255 as x / 127 − 1 (Teachable Machine's convention). */
export type PixelRange = 'bytes' | 'teachable-machine';

/**
 * Backbone and head as one network: [height 224, width 224, RGB] → probabilities. The conversion of pixels is its first
 * convolution, so whoever loads the model needs to know nothing of the backbone's family. That is exact at the borders
 * too, because the zeros of padding come after it. Throws when a convolution is missing or has an unexpected size.
 */
export function classifier(
  { preprocessing, stem, blocks }: Architecture,
  folded: Iterable<FoldedConv>,
  head: HeadWeights,
  range: PixelRange = 'bytes',
): Layer[] {
  const weights = new Map<string, FoldedConv>();
  for (const layer of folded) weights.set(layer.name, layer);
  const layers: Layer[] = [
    { kind: 'input', name: 'image', shape: [IMAGE_SIDE, IMAGE_SIDE, 3] },
    pixelConversion(preprocessing, range),
  ];
  const convolve = (from: string, layer: ConvLayer) => {
    layers.push(convolution(layer, weights.get(layer.name), from));
    return layer.name;
  };
  convolve('pixels', stem);
  layers.push({ kind: 'max-pool', name: 'pool1_pool', from: stem.name, size: 3, stride: 2, padding: 1 });
  let last = 'pool1_pool';
  for (const { name, shortcut, convs } of blocks) {
    // Keras pairs the weights of an .h5 file with its layers by order, and orders layers by their distance from the
    // output: the shortcut, as far as the third convolution, stands right before it.
    const [first, second, third] = convs;
    const inner = convolve(convolve(last, first), second);
    const side = shortcut ? convolve(last, shortcut) : last;
    const main = convolve(inner, third);
    last = `${name}_out`;
    layers.push({ kind: 'add-relu', name: last, from: [side, main] });
  }
  layers.push({ kind: 'average', name: 'avg_pool', from: last });
  return [...layers, ...headLayers(head, 'avg_pool')];
}

/** The head alone: the backbone's 2048 pooled features → probabilities. */
export function headOnly(head: HeadWeights): Layer[] {
  return [{ kind: 'input', name: 'features', shape: [FEATURE_LENGTH] }, ...headLayers(head, 'features')];
}

/** Dropout is left out: it does nothing when a model predicts. */
function headLayers(head: HeadWeights, from: string): Layer[] {
  const matrix = (m: { rows: number; columns: number; values: Float32Array }): Tensor => ({
    shape: [m.rows, m.columns],
    values: m.values,
  });
  if (head.kind === 'linear') {
    const { w, b } = head;
    return [{ kind: 'dense', name: 'probabilities', from, kernel: matrix(w), bias: vector(b), activation: 'softmax' }];
  }
  const scale = {
    gamma: vector(head.gamma),
    beta: vector(head.beta),
    moving_mean: vector(head.mean),
    moving_variance: vector(head.variance),
  };
  return [
    { kind: 'dense', name: 'hidden', from, kernel: matrix(head.w1), bias: vector(head.b1), activation: 'relu' },
    { kind: 'normalise', name: 'hidden_norm', from: 'hidden', scale, epsilon: BATCH_NORM_EPSILON },
    {
      kind: 'dense',
      name: 'probabilities',
      from: 'hidden_norm',
      kernel: matrix(head.w2),
      bias: vector(head.b2),
      activation: 'softmax',
    },
  ];
}

function convolution(layer: ConvLayer, weights: FoldedConv | undefined, from: string): Layer {
  const { name, shape, stride, pad, relu } = layer;
  const size = shape.reduce((product, side) => product * side, 1);
  if (weights?.kernel.length !== size || weights.bias.length !== shape[3]) {
    throw new Error(`the backbone has no weights of the right size for ${name}`);
  }
  const kernel = { shape: [...shape], values: weights.kernel };
  return { kind: 'convolution', name, from, kernel, bias: vector(weights.bias), stride, padding: pad, relu };
}

/** Raw pixels to what the backbone was trained on, as a 1×1 convolution: (x − mean) / std with the channels in its order. */
function pixelConversion({ order, mean, std }: Preprocessing, range: PixelRange): Layer {
  const kernel = new Float32Array(9);
  const bias = new Float32Array(3);
  const [factor, offset] = range === 'bytes' ? [1, 0] : [127, 127];
  for (const out of [0, 1, 2] as const) {
    const from = order === 'bgr' ? 2 - out : out;
    kernel[from * 3 + out] = factor / std[out];
    bias[out] = (offset - mean[out]) / std[out];
  }
  return {
    kind: 'convolution',
    name: 'pixels',
    from: 'image',
    kernel: { shape: [1, 1, 3, 3], values: kernel },
    bias: vector(bias),
    stride: 1,
    padding: 0,
    relu: false,
  };
}

function vector(values: Float32Array): Tensor {
  return { shape: [values.length], values };
}
