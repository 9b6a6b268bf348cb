// The weights of a network by the names PyTorch gives them, from a .safetensors file.
import { outputsOf, weightedLayers } from '../../backbones/layers';
import type { Backbone, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { Safetensors } from '../../formats/safetensors';
import type { RawLayer } from './fold';

type TorchShape = [outputs: number, inputs: number, height: number, width: number];

/**
 * Yields the raw layers in network order, one at a time, so that memory holds one layer twice and no more. A file that holds
 * more of the network's kind is of a relative, has every tensor in the same shape, and would give features that mean nothing.
 * Throws `weights_other_network`, or a FormatError of the file.
 */
export async function* readTorchWeights(
  tensors: Safetensors,
  network: Backbone,
): AsyncGenerator<[WeightedLayer, RawLayer]> {
  const layers = weightedLayers(network);
  const wanted = new Map<string, number[]>();
  for (const layer of layers) {
    const names = network.file.names(layer.name);
    wanted.set(`${names.conv}.weight`, inTorchOrder(layer));
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) {
      wanted.set(`${names.norm}.${part}`, [outputsOf(layer)]);
    }
  }
  const foreign = tensors.names.find(name => network.file.kind.test(name) && !wanted.has(name));
  if (foreign) throw new GleanerError('weights_other_network', [foreign.slice(0, 80)]);
  // All of them before the first is read: a file that lacks one is refused at once.
  const places = new Map([...wanted].map(([name, shape]) => [name, tensors.find(name, shape)]));
  const read = (name: string) => tensors.read(places.get(name)!);
  for (const layer of layers) {
    const { conv, norm } = network.file.names(layer.name);
    yield [
      layer,
      {
        kernel: toHwio(await read(`${conv}.weight`), inTorchOrder(layer)),
        gamma: await read(`${norm}.weight`),
        beta: await read(`${norm}.bias`),
        mean: await read(`${norm}.running_mean`),
        variance: await read(`${norm}.running_var`),
      },
    ];
  }
}

function inTorchOrder({ kind, shape }: WeightedLayer): TorchShape {
  const [height, width, inputs, outputs] = shape;
  return kind === 'depthwise' ? [inputs, 1, height, width] : [outputs, inputs, height, width];
}

/** PyTorch's OIHW to TensorFlow's HWIO, whose order is that of a depthwise [height, width, channels, 1] as well. */
function toHwio(kernel: Float32Array, [outputs, inputs, height, width]: TorchShape): Float32Array {
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
