// Seeded weights for tests of the network, made once for a test file: 23 million numbers take a while.
import type { Architecture, BackboneFamily, ConvLayer, FoldedConv } from '../../../src/contract/features';
import { architecture } from '../../../src/pipeline/features/resnet50';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { seededRandom } from '../../../src/pipeline/head/random';

const KERAS = seededLayers(architecture('keras-v1'), seededRandom(1).uniform);
const { stem, ...torch } = architecture('torch-v1.5');

/** Weights of the whole network. The families see pixels of other sizes, so each has a stem of its own; the rest they share. */
export const LAYERS: Record<BackboneFamily, FoldedConv[]> = {
  'keras-v1': KERAS,
  'torch-v1.5': [...seededLayers({ ...torch, stem, blocks: [] }, seededRandom(1).uniform), ...KERAS.slice(1)],
};

/** The network with the first block of each stage and one block without a shortcut: every kind of layer, at a third of the cost. */
export function shortened(network: Architecture): Architecture {
  return { ...network, blocks: network.blocks.filter(({ name }) => /_block1$|^conv2_block2$/.test(name)) };
}

/** A shortened network with a quarter of the channels everywhere but in the pixels and the features, and weights of its own. */
export function narrowed(network: Architecture): { network: Architecture; layers: FoldedConv[] } {
  const narrow = (layer: ConvLayer): ConvLayer => {
    const [height, width, ...channels] = layer.shape;
    const [inputs, outputs] = channels.map(count => (count === 3 || count === 2048 ? count : count / 4));
    return { ...layer, shape: [height, width, inputs!, outputs!] };
  };
  const { stem, blocks } = shortened(network);
  const small: Architecture = {
    ...network,
    stem: narrow(stem),
    blocks: blocks.map(({ shortcut, convs: [first, second, third], ...block }) => ({
      ...block,
      ...(shortcut ? { shortcut: narrow(shortcut) } : {}),
      convs: [narrow(first), narrow(second), narrow(third)],
    })),
  };
  return { network: small, layers: seededLayers(small, seededRandom(1).uniform) };
}

/** Those of the layers that the network has. */
export function layersOf({ stem, blocks }: Architecture, layers: FoldedConv[]): FoldedConv[] {
  const wanted = new Set(
    [stem, ...blocks.flatMap(({ shortcut, convs }) => [shortcut, ...convs])].map(one => one?.name),
  );
  return layers.filter(({ name }) => wanted.has(name));
}
