// Seeded weights for tests of the networks, made once for a test file: 23 million numbers take a while.
import { BUILT_IN, backboneOf } from '../../../src/backbones';
import { inputsOf, weightedLayers } from '../../../src/backbones/layers';
import type { Backbone, BackboneFamily, FoldedLayer, NetworkLayer } from '../../../src/contract/backbone';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { seededRandom } from '../../../src/pipeline/head/random';

export const seeded = (network: Backbone): FoldedLayer[] =>
  seededLayers(network, network.file.epsilon, seededRandom(1).uniform);

const KERAS = seeded(backboneOf('keras-v1'));
const torch = backboneOf('torch-v1.5');

/** Weights of the whole network. ResNet's families see pixels of other sizes, so each has a stem of its own; the rest they share. */
export const LAYERS: Record<BackboneFamily, FoldedLayer[]> = {
  'keras-v1': KERAS,
  'torch-v1.5': [...seeded({ ...torch, layers: torch.layers.slice(0, 1) }), ...KERAS.slice(1)],
  'efficientnet-lite0': seeded(BUILT_IN),
};

/** The network with some blocks only: every kind of layer, at a third of the cost. Of a block the whole name or its beginning. */
export function shortened(network: Backbone): Backbone {
  const kept = network.layers.filter(({ name }) => !/^conv\d_block/.test(name) || /_block1_|^conv2_block2_/.test(name));
  let last = '';
  const names = new Set(kept.map(({ name }) => name));
  const layers = kept.map((layer): NetworkLayer => {
    // What read a block that is gone reads the one before it.
    const from = inputsOf(layer).map(name => (names.has(name) || name === 'image' ? name : last));
    if (/_out$/.test(layer.name)) last = layer.name;
    return layer.kind === 'add' ? { ...layer, from: from as [string, string] } : { ...layer, from: from[0]! };
  });
  return { ...network, layers };
}

/** A shortened network with a quarter of the channels everywhere but in the pixels and the features, and weights of its own. */
export function narrowed(network: Backbone): { network: Backbone; layers: FoldedLayer[] } {
  const narrow = (channels: number) =>
    channels < 8 || channels === network.length ? channels : Math.ceil(channels / 32) * 8;
  const short = shortened(network);
  const small: Backbone = {
    ...short,
    layers: short.layers.map((layer): NetworkLayer => {
      if (layer.kind === 'depthwise') {
        const [height, width, channels, one] = layer.shape;
        return { ...layer, shape: [height, width, narrow(channels), one] };
      }
      if (layer.kind !== 'conv') return layer;
      const [height, width, inputs, outputs] = layer.shape;
      return { ...layer, shape: [height, width, narrow(inputs), narrow(outputs)] };
    }),
  };
  return { network: small, layers: seeded(small) };
}

/** Those of the layers that the network has. */
export function layersOf(network: Backbone, layers: FoldedLayer[]): FoldedLayer[] {
  const wanted = new Set(weightedLayers(network).map(({ name }) => name));
  return layers.filter(({ name }) => wanted.has(name));
}
