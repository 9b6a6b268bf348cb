// ResNet-50 as data, in the two published placements of the stride.
import type {
  Backbone,
  BackboneFamily,
  ConvLayer,
  NetworkLayer,
  Preprocessing,
  WeightsLayout,
} from '../contract/backbone';

/** Blocks per stage and channels of their inner convolutions; each block ends with four times as many. */
const STAGES = [
  { blocks: 3, channels: 64 },
  { blocks: 4, channels: 128 },
  { blocks: 6, channels: 256 },
  { blocks: 3, channels: 512 },
] as const;

/** He et al. 2015, arXiv 1512.03385, table 1; v1.5 moves the stride into the 3×3. Names are Keras's. */
function layers(family: BackboneFamily): NetworkLayer[] {
  const all: NetworkLayer[] = [
    // Keras pads by a layer of its own and convolves 'valid'; that is a padding of 3 on every side.
    {
      kind: 'conv',
      name: 'conv1_conv',
      from: 'image',
      shape: [7, 7, 3, 64],
      stride: 2,
      pad: [3, 3],
      activation: 'relu',
    },
    { kind: 'max-pool', name: 'pool1_pool', from: 'conv1_conv', side: 3, stride: 2, pad: [1, 1] },
  ];
  let [last, input] = ['pool1_pool', 64];
  for (const [index, { blocks, channels }] of STAGES.entries()) {
    for (let block = 1; block <= blocks; block++) {
      const name = `conv${index + 2}_block${block}`;
      const stride = block === 1 && index > 0 ? 2 : 1;
      const [first, second] = family === 'keras-v1' ? [stride, 1] : [1, stride];
      const output = 4 * channels;
      const conv = (part: number, from: string, side: number, inputs: number, outputs: number, step: number) => {
        const layer: ConvLayer = {
          kind: 'conv',
          name: `${name}_${part}_conv`,
          from,
          shape: [side, side, inputs, outputs],
          stride: step,
          pad: side === 3 ? [1, 1] : [0, 0],
          activation: part === 1 || part === 2 ? 'relu' : 'none',
        };
        all.push(layer);
        return layer.name;
      };
      const shortcut = block === 1 ? conv(0, last, 1, input, output, stride) : last;
      const one = conv(1, last, 1, input, channels, first);
      const two = conv(2, one, 3, channels, channels, second);
      const three = conv(3, two, 1, channels, output, 1);
      last = `${name}_out`;
      all.push({ kind: 'add', name: last, from: [shortcut, three], activation: 'relu' });
      input = output;
    }
  }
  return all;
}

/** Keras's layers are named as ours; its batch norms after their convolution. */
const KERAS: WeightsLayout = {
  format: 'keras-h5',
  epsilon: 1.001e-5,
  names: layer => ({ conv: layer, norm: layer.replace(/conv$/, 'bn') }),
  // Keras's names of the convolutions and batch norms of a ResNet of any depth.
  kind: /^conv\d+_block\d+_\d+_(?:conv|bn)$/,
};

/** torchvision's and timm's. */
const TORCH: WeightsLayout = {
  format: 'safetensors',
  epsilon: 1e-5,
  names(layer) {
    const match = /^conv(\d)_block(\d)_(\d)_conv$/.exec(layer);
    if (!match) return { conv: 'conv1', norm: 'bn1' };
    const block = `layer${Number(match[1]) - 1}.${Number(match[2]) - 1}`;
    return match[3] === '0'
      ? { conv: `${block}.downsample.0`, norm: `${block}.downsample.1` }
      : { conv: `${block}.conv${match[3]}`, norm: `${block}.bn${match[3]}` };
  },
  // Names of the weights of a ResNet's body, whatever its depth; batch norm's counters are none.
  kind: /^(?:layer\d|conv\d|bn\d)(?!.*\.num_batches_tracked$)/,
};

function resnet50(
  family: BackboneFamily,
  preprocessing: Preprocessing,
  rest: Pick<Backbone, 'licence' | 'source' | 'file'>,
): Backbone {
  return {
    family,
    prefix: `resnet50-${family}`,
    network: 'ResNet-50',
    ...rest,
    side: 224,
    preprocessing,
    layers: layers(family),
    length: 2048,
    alikeFrom: 0.94,
  };
}

/** Stride in the first 1×1 convolution, Keras's 'caffe' preprocessing: the article's network. */
export const resnet50Keras = resnet50(
  'keras-v1',
  { order: 'bgr', mean: [103.939, 116.779, 123.68], std: [1, 1, 1] },
  {
    licence: { name: 'MIT', url: 'https://github.com/KaimingHe/deep-residual-networks/blob/master/LICENSE' },
    source: 'Kaiming He et al., converted for Keras: https://keras.io/api/applications/resnet/',
    file: KERAS,
  },
);

/** Stride in the 3×3 convolution; RGB scaled and standardised by ImageNet's mean and deviation times 255. */
export const resnet50Torch = resnet50(
  'torch-v1.5',
  { order: 'rgb', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
  {
    licence: { name: 'BSD-3-Clause', url: 'https://github.com/pytorch/vision/blob/main/LICENSE' },
    source: 'torchvision: https://docs.pytorch.org/vision/stable/models/resnet.html',
    file: TORCH,
  },
);
