// ResNet-50 as data: which convolution feeds which, in the two published placements of the stride.
import type { Architecture, BackboneFamily, ConvLayer, Preprocessing, ResidualBlock } from '../../contract/features';

/** Blocks per stage and channels of their inner convolutions; each block ends with four times as many. */
const STAGES = [
  { blocks: 3, channels: 64 },
  { blocks: 4, channels: 128 },
  { blocks: 6, channels: 256 },
  { blocks: 3, channels: 512 },
] as const;

/** Keras's 'caffe' mode, and torchvision's ImageNet mean and deviation times 255. */
const PREPROCESSING: Record<BackboneFamily, Preprocessing> = {
  'keras-v1': { order: 'bgr', mean: [103.939, 116.779, 123.68], std: [1, 1, 1] },
  'torch-v1.5': { order: 'rgb', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
};

/** Added to the variance inside batch norm. */
export const NORM_EPSILON: Record<BackboneFamily, number> = { 'keras-v1': 1.001e-5, 'torch-v1.5': 1e-5 };

/** The network of a family (He et al. 2015, arXiv 1512.03385, table 1; v1.5 moves the stride into the 3×3). */
export function architecture(family: BackboneFamily): Architecture {
  const blocks: ResidualBlock[] = [];
  let input = 64;
  for (const [index, { blocks: count, channels }] of STAGES.entries()) {
    for (let block = 1; block <= count; block++) {
      const name = `conv${index + 2}_block${block}`;
      const stride = block === 1 && index > 0 ? 2 : 1;
      const [first, second] = family === 'keras-v1' ? [stride, 1] : [1, stride];
      const output = 4 * channels;
      const conv = (part: number, side: number, from: number, to: number, step: number): ConvLayer => ({
        name: `${name}_${part}_conv`,
        shape: [side, side, from, to],
        stride: step,
        pad: side === 3 ? 1 : 0,
        relu: part === 1 || part === 2,
      });
      blocks.push({
        name,
        ...(block === 1 ? { shortcut: conv(0, 1, input, output, stride) } : {}),
        convs: [
          conv(1, 1, input, channels, first),
          conv(2, 3, channels, channels, second),
          conv(3, 1, channels, output, 1),
        ],
      });
      input = output;
    }
  }
  return {
    family,
    preprocessing: PREPROCESSING[family],
    // Keras pads by a layer of its own and convolves 'valid'; that is a padding of 3 on every side.
    stem: { name: 'conv1_conv', shape: [7, 7, 3, 64], stride: 2, pad: 3, relu: true },
    blocks,
  };
}

/** All 53 convolutions in network order: stem, then per block shortcut (if any), first, second, third. */
export function convLayers({ stem, blocks }: Architecture): ConvLayer[] {
  return [stem, ...blocks.flatMap(({ shortcut, convs }) => (shortcut ? [shortcut, ...convs] : convs))];
}

/** Number of values of a layer's kernel. */
export function kernelLength({ shape }: ConvLayer): number {
  return shape[0] * shape[1] * shape[2] * shape[3];
}

/** Keras's name of the batch norm that follows a convolution. */
export function kerasNorm(conv: string): string {
  return conv.replace(/conv$/, 'bn');
}

/** torchvision's names of a convolution and of its batch norm, such as `layer1.0.conv2` and `layer1.0.bn2`. */
export function torchNames(conv: string): { conv: string; norm: string } {
  const match = /^conv(\d)_block(\d)_(\d)_conv$/.exec(conv);
  if (!match) return { conv: 'conv1', norm: 'bn1' };
  const block = `layer${Number(match[1]) - 1}.${Number(match[2]) - 1}`;
  return match[3] === '0'
    ? { conv: `${block}.downsample.0`, norm: `${block}.downsample.1` }
    : { conv: `${block}.conv${match[3]}`, norm: `${block}.bn${match[3]}` };
}

/** Number of values of all folded layers, 23,481,472: kernels and biases. */
export function packedLength(network: Architecture): number {
  return convLayers(network).reduce((sum, layer) => sum + kernelLength(layer) + layer.shape[3], 0);
}
