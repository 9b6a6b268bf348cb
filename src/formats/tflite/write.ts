// Writes a TensorFlow Lite model (schema version 3): field and operator numbers are those of its schema.fbs.
import { Builder } from 'flatbuffers';
import { bytes, type Field, floats, ints, longs, type Offset, table, tables, text } from './tables';

const IDENTIFIER = 'TFL3';
const SCHEMA_VERSION = 3;
/** Of a tensor's numbers, which readers map into memory. */
const ALIGNED = 16;
/** What a tensor and its operator take besides numbers and scales: names, shapes, options. */
const AROUND = 500;
/** A scale, and the zero it goes with. */
const SCALE = 12;

const TENSOR_TYPES = { float32: 0, float16: 1, int32: 2, int8: 9 } as const;
export type TensorType = keyof typeof TENSOR_TYPES;

/** Number of each operator, and of the options it takes in the schema's union. */
const OPERATORS = {
  add: [0, 11],
  concatenation: [2, 10],
  'conv-2d': [3, 1],
  'depthwise-conv-2d': [4, 2],
  dequantize: [6, 38],
  'fully-connected': [9, 8],
  'max-pool-2d': [17, 5],
  mul: [18, 21],
  softmax: [25, 9],
  pad: [34, 22],
  mean: [40, 27],
} as const;

export interface KeptTensor {
  name: string;
  shape: readonly number[];
  type: TensorType;
  /** Of a constant: its number of bytes, and the numbers, row-major, read when they are written. */
  data?: { length: number; read: () => ArrayBufferView };
  /** Real value = scale · stored value, one scale for each index along a dimension. */
  scales?: { values: Float32Array; dimension: number };
}

export interface Operator {
  type: keyof typeof OPERATORS;
  /** The least version of the operator that does this. */
  version: number;
  /** Numbers of tensors. */
  inputs: readonly number[];
  output: number;
  options: Field[];
}

export interface Graph {
  description: string;
  tensors: KeptTensor[];
  /** In the order they run. */
  operators: Operator[];
  /** The one input and the one output, by number, and what callers of its signature name them. */
  input: { tensor: number; name: string };
  output: { tensor: number; name: string };
  /** The model's metadata, as `writeMetadata` gives it. */
  metadata: Uint8Array;
}

/** The file; whatever is appended to it is not read as part of the network. */
export function writeTflite({ description, tensors, operators, input, output, metadata }: Graph): Uint8Array {
  const numbers = tensors.reduce(
    (sum, { data, scales }) => sum + (data?.length ?? 0) + SCALE * (scales?.values.length ?? 0),
    metadata.length,
  );
  // Room for all of it from the beginning: a builder that runs out of room doubles it, and copies.
  const builder = new Builder(numbers + AROUND * (1 + tensors.length));
  const kinds = [...new Set(operators.map(kindOf))];
  // The first buffer is empty: that of whatever is computed.
  const constants = tensors.filter(({ data }) => data);
  const buffers = [table(builder), ...constants.map(({ data }) => buffer(builder, data!.read()))];
  buffers.push(buffer(builder, metadata));
  const metadataEntry = table(
    builder,
    [0, 'offset', text(builder, 'TFLITE_METADATA')],
    [1, 'int32', buffers.length - 1],
  );
  const subgraph = table(
    builder,
    [
      0,
      'offset',
      tables(
        builder,
        tensors.map(one => tensor(builder, one, constants.indexOf(one) + 1)),
      ),
    ],
    [1, 'offset', ints(builder, [input.tensor])],
    [2, 'offset', ints(builder, [output.tensor])],
    [
      3,
      'offset',
      tables(
        builder,
        operators.map(one => operator(builder, one, kinds.indexOf(kindOf(one)))),
      ),
    ],
    [4, 'offset', text(builder, 'main')],
  );
  const signature = table(
    builder,
    [0, 'offset', tables(builder, [named(builder, input)])],
    [1, 'offset', tables(builder, [named(builder, output)])],
    [2, 'offset', text(builder, 'serving_default')],
  );
  const model = table(
    builder,
    [0, 'int32', SCHEMA_VERSION],
    [
      1,
      'offset',
      tables(
        builder,
        kinds.map(kind => operatorCode(builder, kind)),
      ),
    ],
    [2, 'offset', tables(builder, [subgraph])],
    [3, 'offset', text(builder, description)],
    [4, 'offset', tables(builder, buffers)],
    [6, 'offset', tables(builder, [metadataEntry])],
    [7, 'offset', tables(builder, [signature])],
  );
  builder.finish(model, IDENTIFIER);
  return builder.asUint8Array();
}

/** Operators of one kind share a code. */
function kindOf({ type, version }: Operator): string {
  return `${OPERATORS[type][0]} ${version}`;
}

function operatorCode(builder: Builder, kind: string): Offset {
  const [code, version] = kind.split(' ').map(Number) as [number, number];
  // Twice, because readers of before there were more than 127 operators look into the first.
  return table(builder, [0, 'int8', code], [2, 'int32', version], [3, 'int32', code]);
}

function buffer(builder: Builder, { buffer: all, byteOffset, byteLength }: ArrayBufferView): Offset {
  return table(builder, [0, 'offset', bytes(builder, new Uint8Array(all, byteOffset, byteLength), ALIGNED)]);
}

function tensor(builder: Builder, { name, shape, type, scales }: KeptTensor, at: number): Offset {
  const quantization: Field[] = scales
    ? [
        [
          4,
          'offset',
          table(
            builder,
            [2, 'offset', floats(builder, scales.values)],
            [
              3,
              'offset',
              longs(
                builder,
                Array.from(scales.values, () => 0),
              ),
            ],
            [6, 'int32', scales.dimension],
          ),
        ],
      ]
    : [];
  return table(
    builder,
    [0, 'offset', ints(builder, shape)],
    [1, 'int8', TENSOR_TYPES[type]],
    [2, 'int32', at],
    [3, 'offset', text(builder, name)],
    ...quantization,
  );
}

function operator(builder: Builder, { type, inputs, output, options }: Operator, code: number): Offset {
  return table(
    builder,
    [0, 'int32', code],
    [1, 'offset', ints(builder, inputs)],
    [2, 'offset', ints(builder, [output])],
    [3, 'int8', OPERATORS[type][1]],
    [4, 'offset', table(builder, ...options)],
  );
}

function named(builder: Builder, { tensor, name }: Graph['input']): Offset {
  return table(builder, [0, 'offset', text(builder, name)], [1, 'int32', tensor]);
}
