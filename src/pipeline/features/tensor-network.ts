// The frozen network on whichever tfjs backend is set: a graphics device, or plain JavaScript.
import * as tf from '@tensorflow/tfjs-core';
import { inputsOf, lastReaders } from '../../backbones/layers';
import type { Architecture, FoldedLayer, NetworkLayer } from '../../contract/backbone';
import type { Network } from './network';
import { preprocess } from './preprocess';

/** Uploads the weights once, layer by layer as they come, so that no reader need hold all of them beside the backend's. */
export async function createTensorNetwork(
  architecture: Architecture,
  folded: Iterable<FoldedLayer> | AsyncIterable<FoldedLayer>,
): Promise<Network> {
  const { side, layers } = architecture;
  const weights = new Map<string, { filter: tf.Tensor4D; bias: tf.Tensor1D }>();
  for await (const layer of folded) {
    weights.set(layer.name, { filter: tf.tensor4d(layer.kernel, layer.shape), bias: tf.tensor1d(layer.bias) });
  }
  const last = lastReaders(layers);

  function compute(layer: NetworkLayer, inputs: tf.Tensor4D[]): tf.Tensor4D {
    const [x, y] = inputs as [tf.Tensor4D, tf.Tensor4D];
    if (layer.kind === 'add') return activate(tf.add(x, y), layer.activation);
    const pad: tf.backend_util.ExplicitPadding = [[0, 0], layer.pad, layer.pad, [0, 0]];
    if (layer.kind === 'max-pool') return tf.maxPool(x, layer.side, layer.stride, pad);
    const activation = layer.activation === 'none' ? undefined : layer.activation;
    const convolution = { x, ...weights.get(layer.name)!, strides: layer.stride, pad, activation };
    if (layer.kind === 'conv') return tf.fused.conv2d(convolution);
    // The types know no padding of its own for each side; the kernels, which share the convolution's geometry, do.
    return tf.fused.depthwiseConv2d({ ...convolution, pad: pad as unknown as number });
  }

  return {
    async activations(pixels, batch = 0, breathe) {
      const count = pixels.length / (side * side * 3);
      const size = Math.max(count, batch);
      const values = new Float32Array(size * side * side * 3);
      preprocess(pixels, architecture, values);
      // What is no longer read goes at once: at 112 × 112 positions sixteen images take 77 MB a tensor.
      const maps = new Map<string, tf.Tensor4D>([['image', tf.tensor4d(values, [size, side, side, 3])]]);
      try {
        for (const [i, layer] of layers.entries()) {
          const inputs = inputsOf(layer);
          const output = tf.tidy(() =>
            compute(
              layer,
              inputs.map(name => maps.get(name)!),
            ),
          );
          maps.set(layer.name, output);
          for (const name of inputs) {
            if (last.get(name) !== i) continue;
            maps.get(name)?.dispose();
            maps.delete(name);
          }
          if (breathe) await breathe();
        }
        const activations = (await maps.get(layers.at(-1)!.name)!.data()) as Float32Array;
        return activations.slice(0, (activations.length / size) * count);
      } finally {
        for (const map of maps.values()) map.dispose();
      }
    },
  };
}

function activate(x: tf.Tensor4D, activation: 'none' | 'relu' | 'relu6'): tf.Tensor4D {
  if (activation === 'none') return x;
  return activation === 'relu' ? tf.relu(x) : tf.relu6(x);
}
