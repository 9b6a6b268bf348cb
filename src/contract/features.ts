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
}

/** Features of one image. */
export interface Features {
  /** Mean over the 49 positions of the last activations, length 2048. */
  m: Float32Array;
  /** Σ a² / 49² over the positions, length 2048: with dropout rate p the pooled vector has variance q·p/(1−p). */
  q: Float32Array;
}

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
