// The whole classifier as a list of layers, from raw pixels to probabilities: what every model format is written from.
import { kernelLength, outputsOf } from '../../backbones/layers';
import type { Architecture, FoldedLayer, Preprocessing, WeightedLayer } from '../../contract/backbone';
import { BATCH_NORM_EPSILON, type HeadWeights } from '../../contract/head';
import { exactLayers } from './halves';

/** Numbers with a shape, row-major. */
export interface Tensor {
  shape: number[];
  values: Float32Array;
  /** Keeps 32 bits a number in files that have 16: much hangs on it. */
  exact?: boolean;
}

/** One layer; `from` names the layer or layers it reads. Images are height × width × channels. */
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
  /** Vectors end to end. */
  | { kind: 'concatenate'; name: string; from: string[] }
  | { kind: 'dense'; name: string; from: string; kernel: Tensor; bias: Tensor; activation: 'relu' | 'softmax' }
  | { kind: 'normalise'; name: string; from: string; scale: NormTensors; epsilon: number };

/** Zeros before and after the rows and, alike, the columns of an image. */
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

/** A backbone with its folded weights. */
export interface WeightedNetwork {
  backbone: Architecture;
  layers: FoldedLayer[];
}

/**
 * Backbone and head as one network: [side, side, RGB] → probabilities. The conversion of pixels is its first
 * convolution, so whoever loads the model needs to know nothing of the backbone's family. That is exact at the borders
 * too, because the zeros of padding come after it. Several backbones read the same image, and their averages stand end to
 * end in `avg_pool`, which the head reads. Throws when a convolution is missing or has an unexpected size, and when the
 * backbones want images of different sizes.
 */
export function classifier(
  networks: readonly WeightedNetwork[],
  head: HeadWeights,
  range: PixelRange = 'bytes',
): Layer[] {
  const side = networks[0]?.backbone.side ?? 0;
  if (networks.some(({ backbone }) => backbone.side !== side)) throw new Error('the backbones see different sizes');
  const input: Layer = { kind: 'input', name: 'image', shape: [side, side, 3] };
  const [only, ...others] = networks;
  if (only && others.length === 0) return [input, ...body(only, range, ''), ...headLayers(head, 'avg_pool')];
  // No name may stand twice: a second network of the same kind has the same.
  const suffixes = networks.map((_, i) => `_${i + 1}`);
  return [
    input,
    ...networks.flatMap((network, i) => body(network, range, suffixes[i]!)),
    { kind: 'concatenate', name: 'avg_pool', from: suffixes.map(suffix => `avg_pool${suffix}`) },
    ...headLayers(head, 'avg_pool'),
  ];
}

/** One backbone from the image to `avg_pool`; every name ends with the suffix. */
function body({ backbone, layers: folded }: WeightedNetwork, range: PixelRange, suffix: string): Layer[] {
  const { preprocessing, layers: network } = backbone;
  const weights = new Map(folded.map(layer => [layer.name, layer]));
  const exact = exactLayers(backbone);
  const layers: Layer[] = [pixelConversion(preprocessing, range, `pixels${suffix}`)];
  /** The name under which what a layer of the backbone gives is read. */
  const given = new Map([['image', `pixels${suffix}`]]);
  for (const layer of network) {
    const name = `${layer.name}${suffix}`;
    given.set(layer.name, name);
    if (layer.kind === 'add') {
      const from = layer.from.map(one => given.get(one)!) as [string, string];
      layers.push({ kind: 'add', name, from, relu: layer.activation === 'relu' });
    } else {
      const { stride, pad: padding } = layer;
      const from = given.get(layer.from)!;
      if (layer.kind === 'max-pool') layers.push({ kind: 'max-pool', name, from, size: layer.side, stride, padding });
      else layers.push({ ...convolution(layer, weights.get(layer.name), from, exact.has(layer.name)), name });
    }
    if (layer.kind === 'max-pool' || layer.activation !== 'relu6') continue;
    given.set(layer.name, `${name}_relu6`);
    layers.push({ kind: 'relu6', name: `${name}_relu6`, from: name });
  }
  const last = given.get(network.at(-1)!.name)!;
  return [...layers, { kind: 'average', name: `avg_pool${suffix}`, from: last }];
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

function convolution(layer: WeightedLayer, weights: FoldedLayer | undefined, from: string, exact: boolean): Layer {
  const { kind, name, shape, stride, pad: padding, activation } = layer;
  if (weights?.kernel.length !== kernelLength(layer) || weights.bias.length !== outputsOf(layer)) {
    throw new Error(`the backbone has no weights of the right size for ${name}`);
  }
  return {
    kind: kind === 'conv' ? 'convolution' : kind,
    name,
    from,
    kernel: { shape: [...shape], values: weights.kernel, exact },
    bias: vector(weights.bias),
    stride,
    padding,
    relu: activation === 'relu',
  };
}

/** Raw pixels to what the backbone was trained on, as a 1×1 convolution: (x − mean) / std with the channels in its order. */
function pixelConversion({ order, mean, std }: Preprocessing, range: PixelRange, name: string): Layer {
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
    name,
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
