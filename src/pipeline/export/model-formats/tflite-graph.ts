// A network as TensorFlow Lite's tensors and operators, put together one after the other; weights in the precision asked for.
import { float16 } from '../../../formats/half';
import type { Field } from '../../../formats/tflite/tables';
import type { Graph, KeptTensor, Operator } from '../../../formats/tflite/write';
import { inHalf } from '../halves';

/** float16: widened again when the model is loaded. int8: with a scale, and activations rounded alike while it runs. */
export type TflitePrecision = 'float32' | 'float16' | 'int8';

/** Weights of fewer numbers stay as they are: little is saved by rounding them, and much may be lost. */
const FEWEST_ROUNDED = 1024;

/** A computed tensor by its number; of maps the side. */
export interface ComputedTensor {
  tensor: number;
  channels: number;
  /** 0 for a plain vector. */
  side: number;
}

/** Weights row-major in the order of `shape`, read when they are written: a network is never there twice. */
export interface Weights {
  name: string;
  shape: number[];
  read: () => Float32Array;
  /** The dimension that has a scale for each of its indices; undefined is one scale for all. */
  scaled: number | undefined;
  /** Keeps 32 bits where others get 16. */
  exact?: boolean | undefined;
}

export class TfliteGraph {
  readonly tensors: KeptTensor[] = [];
  readonly operators: Operator[] = [];

  constructor(readonly precision: TflitePrecision) {}

  /** A tensor that is given or computed: one image's maps, or one vector. */
  computed(name: string, channels: number, side = 0): ComputedTensor {
    const shape = side > 0 ? [1, side, side, channels] : [1, channels];
    return { tensor: this.#tensor({ name, shape, type: 'float32' }), channels, side };
  }

  /** @param version  the operator's least version that does this */
  run(
    type: Operator['type'],
    version: number,
    inputs: readonly number[],
    output: ComputedTensor,
    ...options: Field[]
  ): ComputedTensor {
    this.operators.push({ type, version, inputs, output: output.tensor, options });
    return output;
  }

  /** Few numbers, kept as they are. */
  floats(name: string, values: Float32Array): number {
    const data = { length: values.byteLength, read: () => values };
    return this.#tensor({ name, shape: [values.length], type: 'float32', data });
  }

  ints(name: string, shape: number[], values: number[]): number {
    const data = { length: values.length * 4, read: () => Int32Array.from(values) };
    return this.#tensor({ name, shape, type: 'int32', data });
  }

  /** The number of the tensor an operator reads, and whether it is rounded. */
  weights({ name, shape, read, scaled, exact }: Weights): { tensor: number; rounded: boolean } {
    const count = shape.reduce((product, side) => product * side, 1);
    if (this.precision === 'float16' && inHalf(count, exact)) {
      const data = { length: count * 2, read: () => float16(read()) };
      const half = this.#tensor({ name: `${name}_half`, shape, type: 'float16', data });
      const tensor = this.#tensor({ name, shape, type: 'float32' });
      this.operators.push({ type: 'dequantize', version: 3, inputs: [half], output: tensor, options: [] });
      return { tensor, rounded: false };
    }
    if (this.precision === 'int8' && count >= FEWEST_ROUNDED) {
      const inner = scaled === undefined ? count : shape.slice(scaled + 1).reduce((product, side) => product * side, 1);
      const values = scalesOf(read(), inner, scaled === undefined ? 1 : shape[scaled]!);
      const data = { length: count, read: () => rounded(read(), inner, values) };
      const scales = { values, dimension: scaled ?? 0 };
      return { tensor: this.#tensor({ name, shape, type: 'int8', data, scales }), rounded: true };
    }
    const data = { length: count * 4, read };
    return { tensor: this.#tensor({ name, shape, type: 'float32', data }), rounded: false };
  }

  whole(
    input: Graph['input'],
    output: Graph['output'],
    { description, metadata }: Pick<Graph, 'description' | 'metadata'>,
  ): Graph {
    return { description, tensors: this.tensors, operators: this.operators, input, output, metadata };
  }

  #tensor(tensor: KeptTensor): number {
    return this.tensors.push(tensor) - 1;
  }
}

/** Largest size of each of `count` groups of numbers, which take turns every `inner` numbers, made 127. */
function scalesOf(values: Float32Array, inner: number, count: number): Float32Array {
  const scales = new Float32Array(count);
  for (let i = 0; i < values.length; i++) {
    const group = Math.floor(i / inner) % count;
    scales[group] = Math.max(scales[group]!, Math.abs(values[i]!));
  }
  // A group of zeros may have any scale but none.
  return scales.map(largest => (largest === 0 ? 1 : largest / 127));
}

function rounded(values: Float32Array, inner: number, scales: Float32Array): Int8Array {
  const result = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    result[i] = Math.round(values[i]! / scales[Math.floor(i / inner) % scales.length]!);
  }
  return result;
}
