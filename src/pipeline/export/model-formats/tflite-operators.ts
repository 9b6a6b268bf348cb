// Each layer of the network as the operators of TensorFlow Lite, with the numbers of its schema.
import type { Field } from '../../../formats/tflite/tables';
import type { Layer, Padding } from '../network';
import type { ComputedTensor, TfliteGraph } from './tflite-graph';

const [SAME, VALID] = [0, 1];
const ACTIVATIONS = { none: 0, relu: 1, relu6: 3 } as const;
type Activation = keyof typeof ACTIVATIONS;

/**
 * Adds to the graph what computes the layer, and gives what comes out of it.
 * @param from  what comes out of a layer before
 * @param clip  what the layer's values are cut to beside its own activation
 */
export function operator(
  graph: TfliteGraph,
  layer: Exclude<Layer, { kind: 'relu6' }>,
  from: (name: string) => ComputedTensor,
  clip: Activation,
): ComputedTensor {
  const { name } = layer;
  switch (layer.kind) {
    case 'input': {
      const [side = 0, , channels = side] = layer.shape;
      return graph.computed(name, channels, layer.shape.length > 1 ? side : 0);
    }
    case 'convolution':
    case 'depthwise':
      return convolution(graph, layer, from(layer.from), layer.relu ? 'relu' : clip);
    case 'max-pool': {
      const { size, stride } = layer;
      const { maps, padding, side } = padded(graph, name, from(layer.from), size, stride, layer.padding);
      const output = graph.computed(name, maps.channels, side);
      return graph.run(
        'max-pool-2d',
        1,
        [maps.tensor],
        output,
        [0, 'int8', padding],
        [1, 'int32', stride],
        [2, 'int32', stride],
        [3, 'int32', size],
        [4, 'int32', size],
      );
    }
    case 'add': {
      const [one, other] = layer.from.map(from) as [ComputedTensor, ComputedTensor];
      const output = graph.computed(name, one.channels, one.side);
      const activation = ACTIVATIONS[layer.relu ? 'relu' : clip];
      return graph.run('add', 1, [one.tensor, other.tensor], output, [0, 'int8', activation]);
    }
    case 'average': {
      const maps = from(layer.from);
      const axes = graph.ints(`${name}_axes`, [2], [1, 2]);
      return graph.run('mean', 1, [maps.tensor, axes], graph.computed(name, maps.channels));
    }
    case 'concatenate': {
      const all = layer.from.map(from);
      const output = graph.computed(
        name,
        all.reduce((sum, { channels }) => sum + channels, 0),
      );
      const inputs = all.map(({ tensor }) => tensor);
      return graph.run('concatenation', 1, inputs, output, [0, 'int32', 1], [1, 'int8', ACTIVATIONS.none]);
    }
    case 'dense':
      return dense(graph, layer, from(layer.from));
    case 'normalise': {
      // x · scale + offset is what batch norm's stored statistics make of it.
      const { gamma, beta, moving_mean: mean, moving_variance: variance } = layer.scale;
      const scale = gamma.values.map((value, i) => value / Math.sqrt(variance.values[i]! + layer.epsilon));
      const offset = beta.values.map((value, i) => value - mean.values[i]! * scale[i]!);
      const maps = from(layer.from);
      const factors = graph.floats(`${name}_scale`, scale);
      const scaled = graph.run('mul', 1, [maps.tensor, factors], graph.computed(`${name}_scaled`, maps.channels));
      const offsets = graph.floats(`${name}_offset`, offset);
      return graph.run('add', 1, [scaled.tensor, offsets], graph.computed(name, maps.channels));
    }
  }
}

function convolution(
  graph: TfliteGraph,
  { kind, name, kernel, bias, stride, padding: zeros }: Extract<Layer, { kind: 'convolution' | 'depthwise' }>,
  input: ComputedTensor,
  activation: Activation,
): ComputedTensor {
  const [height = 0, width = 0, inputs = 0] = kernel.shape;
  const outputs = bias.values.length;
  const { maps, padding, side } = padded(graph, name, input, height, stride, zeros);
  const depthwise = kind === 'depthwise';
  const { tensor, rounded } = graph.weights({
    name: `${name}_kernel`,
    shape: depthwise ? [1, height, width, outputs] : [outputs, height, width, inputs],
    // A depthwise kernel [height, width, channels, 1] lies as it is wanted.
    read: () => (depthwise ? kernel.values : turned(kernel.values, height * width * inputs, outputs)),
    scaled: depthwise ? 3 : 0,
    exact: kernel.exact,
  });
  const operands = [maps.tensor, tensor, graph.floats(`${name}_bias`, bias.values)];
  const output = graph.computed(name, outputs, side);
  const moves: Field[] = [
    [0, 'int8', padding],
    [1, 'int32', stride],
    [2, 'int32', stride],
  ];
  const clip = ACTIVATIONS[activation];
  return depthwise
    ? graph.run('depthwise-conv-2d', rounded ? 6 : 1, operands, output, ...moves, [3, 'int32', 1], [4, 'int8', clip])
    : graph.run('conv-2d', rounded ? 5 : 1, operands, output, ...moves, [3, 'int8', clip]);
}

function dense(
  graph: TfliteGraph,
  { name, kernel, bias, activation }: Extract<Layer, { kind: 'dense' }>,
  input: ComputedTensor,
): ComputedTensor {
  const outputs = bias.values.length;
  const { tensor, rounded } = graph.weights({
    name: `${name}_kernel`,
    shape: [outputs, input.channels],
    read: () => turned(kernel.values, input.channels, outputs),
    // A scale for each output is known to the newest runtimes only.
    scaled: undefined,
  });
  const operands = [input.tensor, tensor, graph.floats(`${name}_bias`, bias.values)];
  const linear = activation === 'softmax' ? `${name}_logits` : name;
  const clip = ACTIVATIONS[activation === 'relu' ? 'relu' : 'none'];
  const options: Field[] = [[0, 'int8', clip], ...(rounded ? [[3, 'int8', 1] as Field] : [])];
  const logits = graph.run('fully-connected', rounded ? 9 : 1, operands, graph.computed(linear, outputs), ...options);
  if (activation !== 'softmax') return logits;
  return graph.run('softmax', 1, [logits.tensor], graph.computed(name, outputs), [0, 'float32', 1]);
}

/** TensorFlow's own SAME where that puts the zeros in the right places, else an operator that does. */
function padded(
  graph: TfliteGraph,
  name: string,
  input: ComputedTensor,
  window: number,
  stride: number,
  [before, after]: Padding,
): { maps: ComputedTensor; padding: number; side: number } {
  const side = Math.floor((input.side + before + after - window) / stride) + 1;
  if (before + after === 0) return { maps: input, padding: VALID, side };
  const zeros = Math.max(0, (Math.ceil(input.side / stride) - 1) * stride + window - input.side);
  const same = before === Math.floor(zeros / 2) && after === Math.ceil(zeros / 2);
  if (same) return { maps: input, padding: SAME, side };
  const places = graph.ints(`${name}_zeros`, [4, 2], [0, 0, before, after, before, after, 0, 0]);
  const wider = graph.computed(`${name}_padded`, input.channels, input.side + before + after);
  return { maps: graph.run('pad', 1, [input.tensor, places], wider), padding: VALID, side };
}

/** [rows × columns] to its transpose: outputs stand first here. */
function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[at++]!;
  }
  return result;
}
