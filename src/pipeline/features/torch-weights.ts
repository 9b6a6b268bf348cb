// The weights of torchvision's or timm's ResNet-50 by their names, from a .safetensors file.
import { GleanerError } from '../../contract/error';
import type { Architecture, ConvLayer } from '../../contract/features';
import { Safetensors } from '../../formats/safetensors';
import type { RawConv } from './fold';
import { convLayers, torchNames } from './resnet50';

/**
 * Names of the weights of a ResNet's body, whatever its depth; batch norm's counters are none. A deeper network, or one with
 * attention, has every tensor of ResNet-50 in the same shape, and would give features that mean nothing.
 */
const BODY = /^(?:layer\d|conv\d|bn\d)(?!.*\.num_batches_tracked$)/;

/**
 * Yields the raw convolutions in network order, one at a time, so that memory holds one layer twice and no more.
 * Throws `weights_other_network`, or a FormatError of the file.
 */
export async function* readTorchWeights(file: Blob, network: Architecture): AsyncGenerator<[ConvLayer, RawConv]> {
  const layers = convLayers(network);
  const wanted = new Map<string, number[]>();
  for (const { name, shape } of layers) {
    const [height, width, inputs, outputs] = shape;
    const names = torchNames(name);
    wanted.set(`${names.conv}.weight`, [outputs, inputs, height, width]);
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) {
      wanted.set(`${names.norm}.${part}`, [outputs]);
    }
  }
  const tensors = await Safetensors.open(file);
  const foreign = tensors.names.find(name => BODY.test(name) && !wanted.has(name));
  if (foreign) throw new GleanerError('weights_other_network', [foreign.slice(0, 80)]);
  // All of them before the first is read: a file that lacks one is refused at once.
  const places = new Map([...wanted].map(([name, shape]) => [name, tensors.find(name, shape)]));
  const read = (name: string) => tensors.read(places.get(name)!);
  for (const layer of layers) {
    const { conv, norm } = torchNames(layer.name);
    yield [
      layer,
      {
        kernel: toHwio(await read(`${conv}.weight`), layer.shape),
        gamma: await read(`${norm}.weight`),
        beta: await read(`${norm}.bias`),
        mean: await read(`${norm}.running_mean`),
        variance: await read(`${norm}.running_var`),
      },
    ];
  }
}

/** PyTorch's OIHW to TensorFlow's HWIO. */
function toHwio(kernel: Float32Array, [height, width, inputs, outputs]: ConvLayer['shape']): Float32Array {
  const result = new Float32Array(kernel.length);
  const positions = height * width;
  for (let o = 0, from = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let position = 0; position < positions; position++, from++) {
        result[(position * inputs + i) * outputs + o] = kernel[from]!;
      }
    }
  }
  return result;
}
