// What the frozen backbone makes of one image, and which backbone it was.

export const FEATURE_LENGTH = 2048;
export const IMAGE_SIDE = 224;

/**
 * keras-v1: stride in the first 1×1 convolution, BGR minus ImageNet mean ("caffe" preprocessing).
 * torch-v1.5: stride in the 3×3 convolution, RGB scaled and standardised.
 */
export type BackboneFamily = 'keras-v1' | 'torch-v1.5';

export interface BackboneInfo {
  /** `resnet50-<family>-<first 16 hex digits of the weights' SHA-256>-squash224`: the cache key of features. */
  id: string;
  family: BackboneFamily;
  /** Where the weights came from; "seeded" weights know nothing of pictures and every screen says so. */
  weights: 'imagenet' | 'file' | 'seeded';
  /** File name or address, for the report. */
  source: string;
  /** Came with the build rather than by download or choice. */
  packed?: true;
}

/** Features of one image. */
export interface Features {
  /** Mean over the 49 positions of the last activations, length 2048. */
  m: Float32Array;
  /** Σ a² / 49² over the positions, length 2048: with dropout rate p the pooled vector has variance q·p/(1−p). */
  q: Float32Array;
}

/** A picture as it is, or mirrored left to right. */
export type Variant = '' | 'mirror';

/** One picture's features to be computed. */
export interface FeatureTask {
  sha256: string;
  variant: Variant;
}

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** One convolution of the backbone as it runs: batch norm folded in, symmetric zero padding, ReLU after it or not. */
export interface ConvLayer {
  /** Keras's layer name, such as `conv2_block1_1_conv`. */
  name: string;
  /** Height, width, input channels, output channels. */
  shape: [number, number, number, number];
  stride: number;
  pad: number;
  relu: boolean;
}

/** relu(third(second(first(x))) + shortcut(x)), or + x where there is no shortcut convolution. */
export interface ResidualBlock {
  /** Keras's name of the block, such as `conv2_block1`. */
  name: string;
  shortcut?: ConvLayer;
  convs: [ConvLayer, ConvLayer, ConvLayer];
}

/** (value − mean) / std per channel, in the order of the channels the network wants; values are 0 to 255. */
export interface Preprocessing {
  order: 'bgr' | 'rgb';
  mean: [number, number, number];
  std: [number, number, number];
}

/** The network as data: stem, 3×3 max pooling of stride 2 (padded by 1), then the blocks. */
export interface Architecture {
  family: BackboneFamily;
  preprocessing: Preprocessing;
  stem: ConvLayer;
  blocks: ResidualBlock[];
}

/** A convolution with its weights; the kernel is row-major in the order of `shape` (HWIO). */
export interface FoldedConv extends ConvLayer {
  kernel: Float32Array;
  bias: Float32Array;
}
