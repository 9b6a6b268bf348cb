// The whole classifier as a list of layers, from raw pixels to probabilities: what every model format is written from.
import { inputsOf, kernelLength, outputsOf } from '../../backbones/layers';
import type { Architecture, FoldedLayer, NetworkLayer, Preprocessing, WeightedLayer } from '../../contract/backbone';
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
      /** `depthwise` is a convolution of each channel by itself, with a kernel [height, width, channels, 1]. */
      kind: 'convolution' | 'depthwise';
      name: string;
      from: string;
      kernel: Tensor;
      bias: Tensor;
      stride: number;
      padding: Padding;
      relu: boolean;
    }
  | { kind: 'max-pool'; name: string; from: string; size: number; stride: number; padding: Padding }
  | { kind: 'add'; name: string; from: [string, string]; relu: boolean }
  /** min(6, max(0, x)). */
  | { kind: 'relu6'; name: string; from: string }
  | { kind: 'average'; name: string; from: string }
  | { kind: 'dense'; name: string; from: string; kernel: Tensor; bias: Tensor; activation: 'relu' | 'softmax' }
  | { kind: 'normalise'; name: string; from: string; scale: NormTensors; epsilon: number };

/** Zeros before and after the rows and, alike, the columns of a picture. */
export type Padding = [before: number, after: number];

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
 * Backbone and head as one network: [side, side, RGB] → probabilities. The conversion of pixels is its first
 * convolution, so whoever loads the model needs to know nothing of the backbone's family. That is exact at the borders
 * too, because the zeros of padding come after it. Throws when a convolution is missing or has an unexpected size.
 */
export function classifier(
  { side, preprocessing, layers: network }: Architecture,
  folded: Iterable<FoldedLayer>,
  head: HeadWeights,
  range: PixelRange = 'bytes',
): Layer[] {
  const weights = new Map<string, FoldedLayer>();
  for (const layer of folded) weights.set(layer.name, layer);
  const layers: Layer[] = [
    { kind: 'input', name: 'image', shape: [side, side, 3] },
    pixelConversion(preprocessing, range),
  ];
  /** The name under which what a layer of the backbone gives is read. */
  const given = new Map([['image', 'pixels']]);
  for (const layer of byDistance(network)) {
    given.set(layer.name, layer.name);
    if (layer.kind === 'add') {
      const from = layer.from.map(name => given.get(name)!) as [string, string];
      layers.push({ kind: 'add', name: layer.name, from, relu: layer.activation === 'relu' });
    } else {
      const { name, stride, pad: padding } = layer;
      const from = given.get(layer.from)!;
      if (layer.kind === 'max-pool') layers.push({ kind: 'max-pool', name, from, size: layer.side, stride, padding });
      else layers.push(convolution(layer, weights.get(name), from));
    }
    if (layer.kind === 'max-pool' || layer.activation !== 'relu6') continue;
    given.set(layer.name, `${layer.name}_relu6`);
    layers.push({ kind: 'relu6', name: `${layer.name}_relu6`, from: layer.name });
  }
  layers.push({ kind: 'average', name: 'avg_pool', from: given.get(network.at(-1)!.name)! });
  return [...layers, ...headLayers(head, 'avg_pool')];
}

/**
 * The layers by their distance from the output, the farthest first. Keras pairs the weights of an .h5 file with its layers
 * by order, and orders layers so: a shortcut as far as a block's third convolution stands right before it.
 */
function byDistance(network: readonly NetworkLayer[]): NetworkLayer[] {
  const distance = new Map<string, number>();
  for (const layer of [...network].reverse()) {
    const next = (distance.get(layer.name) ?? 0) + 1;
    for (const name of inputsOf(layer)) distance.set(name, Math.max(next, distance.get(name) ?? 0));
  }
  return [...network].sort((a, b) => (distance.get(b.name) ?? 0) - (distance.get(a.name) ?? 0));
}

/** The head alone: the backbone's pooled features → probabilities. */
export function headOnly(head: HeadWeights): Layer[] {
  const length = head.kind === 'linear' ? head.w.rows : head.w1.rows;
  return [{ kind: 'input', name: 'features', shape: [length] }, ...headLayers(head, 'features')];
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

function convolution(layer: WeightedLayer, weights: FoldedLayer | undefined, from: string): Layer {
  const { kind, name, shape, stride, pad: padding, activation } = layer;
  if (weights?.kernel.length !== kernelLength(layer) || weights.bias.length !== outputsOf(layer)) {
    throw new Error(`the backbone has no weights of the right size for ${name}`);
  }
  return {
    kind: kind === 'conv' ? 'convolution' : kind,
    name,
    from,
    kernel: { shape: [...shape], values: weights.kernel },
    bias: vector(weights.bias),
    stride,
    padding,
    relu: activation === 'relu',
  };
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
    padding: [0, 0],
    relu: false,
  };
}

function vector(values: Float32Array): Tensor {
  return { shape: [values.length], values };
}
