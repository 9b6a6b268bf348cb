// The model as an ONNX file (opset 13): field numbers are those of onnx.proto.
import { bytesOf } from '../../../formats/bytes';
import { float16 } from '../../../formats/half';
import { bytes, type Encoded, float, integer, message, nested, string, whole } from '../../../formats/protobuf';
import { inHalf } from '../halves';
import type { Layer, Padding, Tensor } from '../network';

const OPSET = 13;
/** The file format's version that belongs to opset 13, so that older runtimes take it too. */
const IR_VERSION = 7;
const FLOAT = 1;
const FLOAT16 = 10;

/** A node and the weights it reads. */
interface Operation {
  nodes: Encoded[];
  initializers: Encoded[];
}

export interface OnnxOptions {
  /** Weights as 16-bit floats with a cast after each; runtimes fold the casts when they load the file. */
  half: boolean;
  producer: string;
  /** `metadata_props`: words for people and tools. */
  metadata: Record<string, string>;
}

/**
 * Input as in the other formats (float32, batch × height × width × channels, a first node moves the channels), output
 * [batch, classes]. Both are named by their layers: `image` or `features`, and `probabilities`.
 */
export function onnxGraph(layers: Layer[], { half, producer, metadata }: OnnxOptions): Uint8Array<ArrayBuffer> {
  const [input] = layers;
  const last = layers.at(-1);
  if (input?.kind !== 'input' || last?.kind !== 'dense')
    throw new Error('a model starts with its input and ends dense');
  const operations = layers.map(layer => operation(layer, half));
  const graph = message(
    operations.flatMap(({ nodes }) => nodes.map(node => nested(1, node))),
    string(2, 'gleaner'),
    operations.flatMap(({ initializers }) => initializers.map(tensor => nested(5, tensor))),
    nested(11, valueInfo(input.name, input.shape)),
    nested(12, valueInfo(last.name, [last.bias.values.length])),
  );
  const properties = Object.entries(metadata).map(([key, value]) =>
    nested(14, message(string(1, key), string(2, value))),
  );
  return whole(
    message(
      integer(1, IR_VERSION),
      string(2, producer),
      nested(7, graph),
      nested(8, message(string(1, ''), integer(2, OPSET))),
      properties,
    ),
  );
}

function operation(layer: Layer, half: boolean): Operation {
  const { name } = layer;
  switch (layer.kind) {
    case 'input': {
      // Vectors need no moving; an image's channels go to the front.
      if (layer.shape.length === 1) return { nodes: [], initializers: [] };
      return {
        nodes: [node('Transpose', [name], `${name}_channels_first`, ints('perm', [0, 3, 1, 2]))],
        initializers: [],
      };
    }
    case 'convolution':
    case 'depthwise': {
      const from = layer.from === 'image' ? 'image_channels_first' : layer.from;
      const weights = [weight(`${name}_kernel`, channelsFirst(layer), half), weight(`${name}_bias`, layer.bias, half)];
      const attributes = [
        ints('strides', [layer.stride, layer.stride]),
        ints('pads', allSides(layer.padding)),
        ints('kernel_shape', layer.kernel.shape.slice(0, 2)),
        ...(layer.kind === 'depthwise' ? [integerAttribute('group', layer.bias.values.length)] : []),
      ];
      const output = layer.relu ? `${name}_linear` : name;
      const conv = node('Conv', [from, `${name}_kernel`, `${name}_bias`], output, ...attributes);
      return join(weights, layer.relu ? [conv, node('Relu', [output], name)] : [conv]);
    }
    case 'max-pool': {
      const attributes = [
        ints('kernel_shape', [layer.size, layer.size]),
        ints('strides', [layer.stride, layer.stride]),
        ints('pads', allSides(layer.padding)),
      ];
      return { nodes: [node('MaxPool', [layer.from], name, ...attributes)], initializers: [] };
    }
    case 'add':
      if (!layer.relu) return { nodes: [node('Add', layer.from, name)], initializers: [] };
      return { nodes: [node('Add', layer.from, `${name}_add`), node('Relu', [`${name}_add`], name)], initializers: [] };
    case 'relu6': {
      const bound = (value: number) => ({ shape: [], values: Float32Array.of(value) });
      const bounds = [weight(`${name}_min`, bound(0), false), weight(`${name}_max`, bound(6), false)];
      return join(bounds, [node('Clip', [layer.from, `${name}_min`, `${name}_max`], name)]);
    }
    case 'average':
      return {
        nodes: [node('GlobalAveragePool', [layer.from], `${name}_map`), node('Flatten', [`${name}_map`], name)],
        initializers: [],
      };
    case 'concatenate':
      return { nodes: [node('Concat', layer.from, name, integerAttribute('axis', 1))], initializers: [] };
    case 'dense': {
      const weights = [weight(`${name}_kernel`, layer.kernel, half), weight(`${name}_bias`, layer.bias, half)];
      const linear = node('Gemm', [layer.from, `${name}_kernel`, `${name}_bias`], `${name}_linear`);
      const activation = layer.activation === 'relu' ? 'Relu' : 'Softmax';
      return join(weights, [linear, node(activation, [`${name}_linear`], name)]);
    }
    case 'normalise': {
      const parts = Object.entries(layer.scale).map(([part, tensor]) =>
        weight(`${name}_${part}`, tensor as Tensor, half),
      );
      const names = Object.keys(layer.scale).map(part => `${name}_${part}`);
      return join(parts, [
        node('BatchNormalization', [layer.from, ...names], name, floatAttribute('epsilon', layer.epsilon)),
      ]);
    }
  }
}

function join(weights: Operation[], nodes: Encoded[]): Operation {
  return {
    nodes: [...weights.flatMap(each => each.nodes), ...nodes],
    initializers: weights.flatMap(each => each.initializers),
  };
}

/** TensorProto; in half precision under another name, widened by a Cast. */
function weight(name: string, tensor: Tensor, asked: boolean): Operation {
  const half = asked && inHalf(tensor.values.length, tensor.exact);
  const values = half ? float16(tensor.values) : tensor.values;
  const stored = half ? `${name}_half` : name;
  const initializer = message(
    tensor.shape.map(side => integer(1, side)),
    integer(2, half ? FLOAT16 : FLOAT),
    string(8, stored),
    bytes(9, bytesOf(values)),
  );
  const cast = half ? [node('Cast', [stored], name, integerAttribute('to', FLOAT))] : [];
  return { nodes: cast, initializers: [initializer] };
}

/** Height, width, in, out → out, in, height, width; of a depthwise kernel channels, 1, height, width. */
function channelsFirst({ kind, kernel }: Extract<Layer, { kind: 'convolution' | 'depthwise' }>): Tensor {
  const { shape, values } = kernel;
  const [height = 0, width = 0, third = 0, fourth = 0] = shape;
  const [inputs, outputs] = kind === 'depthwise' ? [1, third] : [third, fourth];
  const area = height * width;
  const moved = new Float32Array(values.length);
  for (let place = 0, at = 0; place < area; place++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) moved[(o * inputs + i) * area + place] = values[at++] ?? 0;
    }
  }
  return { ...kernel, shape: [outputs, inputs, height, width], values: moved };
}

/** Top, left, bottom, right. */
function allSides([before, after]: Padding): number[] {
  return [before, before, after, after];
}

/** NodeProto, named by its one output. */
function node(type: string, inputs: string[], output: string, ...attributes: Encoded[]): Encoded {
  return message(
    inputs.map(input => string(1, input)),
    string(2, output),
    string(3, `${output}_node`),
    string(4, type),
    attributes.map(attribute => nested(5, attribute)),
  );
}

/** AttributeProto; field 20 says which kind of value it holds. */
function ints(name: string, values: number[]): Encoded {
  return message(
    string(1, name),
    values.map(value => integer(8, value)),
    integer(20, 7),
  );
}

function integerAttribute(name: string, value: number): Encoded {
  return message(string(1, name), integer(3, value), integer(20, 2));
}

function floatAttribute(name: string, value: number): Encoded {
  return message(string(1, name), float(2, value), integer(20, 1));
}

/** ValueInfoProto of float32 [batch, …shape]. */
function valueInfo(name: string, shape: number[]): Encoded {
  const dimensions = [string(2, 'batch'), ...shape.map(side => integer(1, side))].map(side => nested(1, message(side)));
  const tensorType = message(integer(1, FLOAT), nested(2, message(dimensions)));
  return message(string(1, name), nested(2, message(nested(1, tensorType))));
}
