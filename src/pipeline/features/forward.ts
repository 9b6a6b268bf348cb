// The frozen network: pictures in, last activations out, on whichever tfjs backend is set.
import * as tf from '@tensorflow/tfjs-core';
import { type Architecture, type ConvLayer, type FoldedConv, IMAGE_SIDE } from '../../contract/features';
import { releaseUpload } from './packed-weights';

export interface Network {
  /**
   * Last activations [count × 7 × 7 × 2048], row-major, of `count` pictures given as RGB bytes laid end to end
   * (224 × 224 × 3 each). `batch` pads the batch with black pictures to a fixed size, because GPU backends compile anew
   * for every shape. `breathe` is awaited between blocks, so that a worker can read and decode while it computes.
   */
  activations(pixels: Uint8Array, batch?: number, breathe?: () => Promise<void>): Promise<Float32Array>;
  dispose(): void;
}

const PICTURE = IMAGE_SIDE * IMAGE_SIDE * 3;

/**
 * Uploads the weights once, layer by layer as they come, so that neither a reader nor the backend need hold all 94 MB
 * beside those it computes with.
 */
export async function createNetwork(
  { preprocessing, stem, blocks }: Architecture,
  layers: Iterable<FoldedConv> | AsyncIterable<FoldedConv>,
): Promise<Network> {
  const weights = new Map<string, { kernel: tf.Tensor4D; bias: tf.Tensor1D }>();
  for await (const layer of layers) {
    const kernel = tf.tensor4d(layer.kernel, layer.shape);
    weights.set(layer.name, { kernel, bias: tf.tensor1d(layer.bias) });
    // The smallest picture this layer can see: its weights are then where the backend wants them.
    const [height, width, inputs] = layer.shape;
    tf.dispose(tf.tidy(() => convolve(tf.zeros([1, height, width, inputs]), layer)));
    releaseUpload(kernel);
  }

  function convolve(x: tf.Tensor4D, layer: ConvLayer): tf.Tensor4D {
    const { kernel, bias } = weights.get(layer.name)!;
    const activation = layer.relu ? 'relu' : undefined;
    return tf.fused.conv2d({ x, filter: kernel, strides: layer.stride, pad: layer.pad, bias, activation });
  }

  /** What is no longer needed goes at once: at 56 × 56 positions four pictures take 13 MB a tensor. */
  function residual(input: tf.Tensor4D, { shortcut, convs }: Architecture['blocks'][number]): tf.Tensor4D {
    let x = input;
    for (const layer of convs) {
      const next = convolve(x, layer);
      if (x !== input) x.dispose();
      x = next;
    }
    const side = shortcut ? convolve(input, shortcut) : input;
    const sum = tf.add(x, side);
    x.dispose();
    if (shortcut) side.dispose();
    return tf.relu(sum) as tf.Tensor4D;
  }

  /** Runs one step, frees its input, and lets other work in between. */
  async function step(x: tf.Tensor4D, work: (x: tf.Tensor4D) => tf.Tensor4D, breathe?: () => Promise<void>) {
    try {
      const y = tf.tidy(() => work(x));
      if (breathe) await breathe();
      return y;
    } finally {
      x.dispose();
    }
  }

  return {
    async activations(pixels, batch = 0, breathe) {
      const count = pixels.length / PICTURE;
      const size = Math.max(count, batch);
      let x = tf.tensor4d(preprocess(pixels, size, preprocessing), [size, IMAGE_SIDE, IMAGE_SIDE, 3]);
      // Activations after ReLU are never negative, so padding the pool by zeros (Keras) or by nothing (torch) is the same.
      x = await step(x, image => tf.maxPool(convolve(image, stem), 3, 2, 1), breathe);
      for (const block of blocks) x = await step(x, input => residual(input, block), breathe);
      const values = (await x.data()) as Float32Array;
      x.dispose();
      return values.slice(0, (values.length / size) * count);
    },
    dispose() {
      for (const { kernel, bias } of weights.values()) tf.dispose([kernel, bias]);
      weights.clear();
    },
  };
}

/** RGB bytes to the floats the network was trained on, [size × 224 × 224 × 3]. */
function preprocess(pixels: Uint8Array, size: number, { order, mean, std }: Architecture['preprocessing']) {
  const floats = new Float32Array(size * PICTURE);
  const [first, third] = order === 'bgr' ? [2, 0] : [0, 2];
  for (let i = 0; i < pixels.length; i += 3) {
    floats[i] = (pixels[i + first]! - mean[0]) / std[0];
    floats[i + 1] = (pixels[i + 1]! - mean[1]) / std[1];
    floats[i + 2] = (pixels[i + third]! - mean[2]) / std[2];
  }
  return floats;
}
