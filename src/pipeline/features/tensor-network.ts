// The frozen network on whichever tfjs backend is set: a graphics device, or plain JavaScript.
import * as tf from '@tensorflow/tfjs-core';
import { type Architecture, type ConvLayer, type FoldedConv, IMAGE_SIDE } from '../../contract/features';
import type { Network } from './network';
import { preprocess } from './preprocess';

const PICTURE = IMAGE_SIDE * IMAGE_SIDE * 3;

/** Uploads the weights once, layer by layer as they come, so that no reader need hold all 94 MB beside the backend's. */
export async function createTensorNetwork(
  { preprocessing, stem, blocks }: Architecture,
  layers: Iterable<FoldedConv> | AsyncIterable<FoldedConv>,
): Promise<Network> {
  const weights = new Map<string, { kernel: tf.Tensor4D; bias: tf.Tensor1D }>();
  for await (const layer of layers) {
    weights.set(layer.name, { kernel: tf.tensor4d(layer.kernel, layer.shape), bias: tf.tensor1d(layer.bias) });
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
      const values = new Float32Array(size * PICTURE);
      preprocess(pixels, preprocessing, values);
      let x = tf.tensor4d(values, [size, IMAGE_SIDE, IMAGE_SIDE, 3]);
      // Activations after ReLU are never negative, so padding the pool by zeros (Keras) or by nothing (torch) is the same.
      x = await step(x, image => tf.maxPool(convolve(image, stem), 3, 2, 1), breathe);
      for (const block of blocks) x = await step(x, input => residual(input, block), breathe);
      const activations = (await x.data()) as Float32Array;
      x.dispose();
      return activations.slice(0, (activations.length / size) * count);
    },
  };
}
