// What the frozen backbone makes of one image, and which backbone it was.
import type { BackboneFamily } from './backbone';

export interface BackboneInfo {
  /**
   * `<prefix of the backbone>-<first 16 hex digits of the weights' SHA-256>-<geometry><side>`, such as
   * `efficientnet-lite0-b162cb0e1da74881-crop224`: the cache key of features.
   */
  id: string;
  family: BackboneFamily;
  /** Where the weights came from; "seeded" weights know nothing of images and every screen says so. */
  weights: 'imagenet' | 'file' | 'seeded';
  /** File name or address, for the report. */
  source: string;
  /** Came with the build rather than by download or choice. */
  packed?: true;
}

/** Features of one image; their length is the backbone's. */
export interface Features {
  /** Mean over the positions of the last activations. */
  m: Float32Array;
  /** Σ a² / positions² over the positions: with dropout rate p the pooled vector has variance q·p/(1−p). */
  q: Float32Array;
}

/** An image as it is, or mirrored left to right. */
export type Variant = '' | 'mirror';

/** One image's features to be computed. */
export interface FeatureTask {
  sha256: string;
  variant: Variant;
}

export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
