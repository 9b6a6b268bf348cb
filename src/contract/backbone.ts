// The words of a frozen network: its layers as data, what it wants of an image, and where its weights come from.

/**
 * keras-v1, torch-v1.5: ResNet-50 with the stride in the first 1×1 or in the 3×3 convolution; efficientnet-lite0: that
 * network. What weights must be of to be run.
 */
export type BackboneFamily = 'keras-v1' | 'torch-v1.5' | 'efficientnet-lite0';

/** How an image becomes a square: its middle is cut out, or all of it is squashed. */
export type Geometry = 'crop' | 'squash';

/** relu6 is min(6, max(0, x)). */
export type Activation = 'none' | 'relu' | 'relu6';

/** What a layer reads through a window that moves over the maps. */
interface Windowed {
  /** Names no other layer has. */
  name: string;
  /** The layer that is read, or `image`. */
  from: string;
  stride: number;
  /** Zeros before and after the rows, and the columns alike: TensorFlow's SAME puts the odd one after. */
  pad: [number, number];
}

/** A convolution and its batch norm, which is folded in; then the activation. */
export interface ConvLayer extends Windowed {
  kind: 'conv';
  /** Height, width, input channels, output channels. */
  shape: [number, number, number, number];
  activation: Activation;
}

/** A convolution of each channel by itself, with its batch norm. */
export interface DepthwiseLayer extends Windowed {
  kind: 'depthwise';
  /** Height, width, channels, 1. */
  shape: [number, number, number, 1];
  activation: Activation;
}

/** Over maps that are nowhere negative: whether zeros or nothing stand around them is then the same. */
export interface PoolLayer extends Windowed {
  kind: 'max-pool';
  side: number;
}

/** The sum of two maps. It stands right after the second, a convolution without activation that nothing else reads. */
export interface AddLayer {
  kind: 'add';
  name: string;
  from: [string, string];
  activation: Activation;
}

export type WeightedLayer = ConvLayer | DepthwiseLayer;
export type NetworkLayer = WeightedLayer | PoolLayer | AddLayer;

/** A layer with its weights, batch norm folded in; the kernel is row-major in the order of `shape`. */
export type FoldedLayer = WeightedLayer & { kernel: Float32Array; bias: Float32Array };

/** (value − mean) / std per channel, in the order of the channels the network wants; values are 0 to 255. */
export interface Preprocessing {
  order: 'bgr' | 'rgb';
  mean: [number, number, number];
  std: [number, number, number];
}

/** What runs a network must know of it. */
export interface Architecture {
  /** Pixels along a side of the square input. */
  side: number;
  preprocessing: Preprocessing;
  /** In an order in which each reads earlier ones. The last one's maps are what features and heat maps are made of. */
  layers: NetworkLayer[];
  /** Channels of the last layer: the features' length. */
  length: number;
}

/** A file that holds weights, as it is published. */
export interface PublishedWeights {
  /** Where it came from, for people. */
  source: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** Path in the package of the extension. */
  path: string;
}

/** One backbone: everything Gleaner knows of it. */
export interface Backbone extends Architecture {
  family: BackboneFamily;
  /** How ids of its weights and features begin. */
  prefix: string;
  /** The network whatever its weights, such as `ResNet-50`: of each the user may have brought one file. */
  network: string;
  /** SPDX name and address of the licence of its published weights. */
  licence: { name: string; url: string };
  /** Who published network and weights, with the address. */
  source: string;
  /** Comes with every build. */
  builtIn?: PublishedWeights;
  /** How its weights stand in the files of the world. */
  file: WeightsLayout;
  /** Cosine of two images' features from which on they show the same thing. */
  alikeFrom: number;
}

export interface WeightsLayout {
  format: 'keras-h5' | 'safetensors';
  /** Added to the variance inside batch norm. */
  epsilon: number;
  /** Names of a layer's convolution and batch norm. */
  names(layer: string): { conv: string; norm: string };
  /** Names of tensors that only a relative of this network has beside its own: deeper, or with attention. */
  kind: RegExp;
}
