// TensorFlow Lite's files hold every tensor where their readers look for it: read back by the schema's numbers, apart from the writer.

import { ByteBuffer } from 'flatbuffers';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { backboneOf } from '../../../src/backbones';
import type { BackboneFamily } from '../../../src/contract/backbone';
import type { HeadWeights } from '../../../src/contract/head';
import { fromHalf } from '../../../src/formats/half';
import { inHalf } from '../../../src/pipeline/export/halves';
import { type TfliteOptions, tfliteModel } from '../../../src/pipeline/export/model-formats/tflite-model';
import { classifier, headOnly, type Layer } from '../../../src/pipeline/export/network';
import { oneLine } from '../../../src/pipeline/export/one-line';
import { seededRandom } from '../../../src/pipeline/head/random';
import { narrowed } from '../features/seeded-networks';
import { ODD_NAMES } from './odd-labels';

const random = seededRandom(5);
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.uniform() - 0.5);
const linear = (rows: number, columns = 3): HeadWeights => ({
  kind: 'linear',
  w: { rows, columns, values: numbers(rows * columns) },
  b: numbers(columns),
  l2: 0,
});
const OPTIONS: TfliteOptions = {
  precision: 'float32',
  labels: ['a', 'b', 'c'],
  generator: 'Gleaner 0.1.0',
  version: '0.1.0',
  licence: 'none',
};

/** A table of a FlatBuffer by the places of its fields. */
class Table {
  constructor(
    readonly bytes: ByteBuffer,
    readonly at: number,
  ) {}

  private place(slot: number): number {
    const offset = this.bytes.__offset(this.at, 4 + 2 * slot);
    return offset === 0 ? 0 : this.at + offset;
  }
  int(slot: number): number {
    const place = this.place(slot);
    return place ? this.bytes.readInt32(place) : 0;
  }
  byte(slot: number): number {
    const place = this.place(slot);
    return place ? this.bytes.readInt8(place) : 0;
  }
  text(slot: number): string {
    const place = this.place(slot);
    return place ? (this.bytes.__string(place) as string) : '';
  }
  private vector(slot: number): [start: number, length: number] {
    const place = this.place(slot);
    return place ? [this.bytes.__vector(place), this.bytes.__vector_len(place)] : [0, 0];
  }
  ints(slot: number): number[] {
    const [start, length] = this.vector(slot);
    return Array.from({ length }, (_, i) => this.bytes.readInt32(start + 4 * i));
  }
  floats(slot: number): number[] {
    const [start, length] = this.vector(slot);
    return Array.from({ length }, (_, i) => this.bytes.readFloat32(start + 4 * i));
  }
  data(slot: number): { start: number; bytes: Uint8Array<ArrayBuffer> } {
    const [start, length] = this.vector(slot);
    return { start, bytes: Uint8Array.from(this.bytes.bytes().subarray(start, start + length)) };
  }
  table(slot: number): Table {
    return new Table(this.bytes, this.bytes.__indirect(this.place(slot)));
  }
  tables(slot: number): Table[] {
    const [start, length] = this.vector(slot);
    return Array.from({ length }, (_, i) => new Table(this.bytes, this.bytes.__indirect(start + 4 * i)));
  }
}

function root(bytes: Uint8Array, identifier: string): Table {
  const buffer = new ByteBuffer(bytes);
  expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe(identifier);
  return new Table(buffer, buffer.readInt32(0));
}

async function read(layers: Layer[], options: Partial<TfliteOptions> = {}) {
  const bytes = await tfliteModel(layers, { ...OPTIONS, ...options });
  const model = root(bytes, 'TFL3');
  const [graph] = model.tables(2);
  const buffers = model.tables(4);
  const codes = model.tables(1).map(code => ({ type: code.int(3), before: code.byte(0), version: code.int(2) }));
  const tensors = graph!.tables(0).map(tensor => ({
    shape: tensor.ints(0),
    type: tensor.byte(1),
    buffer: tensor.int(2),
    name: tensor.text(3),
    tensor,
  }));
  const operators = graph!.tables(3).map(one => ({
    ...codes[one.int(0)]!,
    inputs: one.ints(1),
    outputs: one.ints(2),
    options: one.table(4),
  }));
  return { bytes, model, buffers, tensors, operators, inputs: graph!.ints(1), outputs: graph!.ints(2) };
}

const FAMILIES: BackboneFamily[] = ['keras-v1', 'torch-v1.5', 'efficientnet-lite0'];
const [CONV, DEPTHWISE, DEQUANTIZE, PAD] = [3, 4, 6, 34];
const [SAME, VALID] = [0, 1];

describe.each(FAMILIES)('%s as TensorFlow Lite', family => {
  const { network, layers } = narrowed(backboneOf(family));
  const whole = classifier([{ backbone: network, layers }], linear(network.length));

  it.each(['float32', 'float16', 'int8'] as const)('reads nothing that is not made before, in %s', async precision => {
    const { bytes, buffers, tensors, operators, inputs, outputs } = await read(whole, { precision });
    const known = new Set(inputs);
    for (const [i, { buffer, shape, type }] of tensors.entries()) {
      if (buffer === 0) continue;
      known.add(i);
      const { start, bytes: data } = buffers[buffer]!.data(0);
      expect(start % 16).toBe(0);
      const width = [4, 2, 4, 0, 0, 0, 0, 0, 0, 1][type]!;
      expect(data.length).toBe(width * shape.reduce((product, side) => product * side, 1));
    }
    for (const { inputs: reads, outputs: makes, type, before } of operators) {
      for (const one of reads) expect(known, tensors[one]!.name).toContain(one);
      for (const one of makes) known.add(one);
      expect(before).toBe(type);
    }
    expect(tensors[outputs[0]!]).toMatchObject({ name: 'probabilities', shape: [1, 3] });
    expect(tensors[inputs[0]!]).toMatchObject({ name: 'image', shape: [1, 224, 224, 3], type: 0 });
    expect(bytes.length).toBeLessThan(
      (precision === 'int8' ? 1.7 : precision === 'float16' ? 3.5 : 4.4) * count(whole),
    );
  });

  it('pads as the network does, by itself where TensorFlow would put the zeros elsewhere', async () => {
    const { tensors, operators, buffers } = await read(whole);
    const places = (tensor: number) => {
      const { buffer } = tensors[tensor]!;
      const { bytes } = buffers[buffer]!.data(0);
      return [...new Int32Array(bytes.buffer)];
    };
    for (const layer of network.layers) {
      if (layer.kind === 'add') continue;
      const made = operators.find(({ outputs }) => tensors[outputs[0]!]!.name === layer.name)!;
      const [before, after] = layer.pad;
      const by = operators.find(({ outputs, type }) => type === PAD && outputs[0] === made.inputs[0]);
      expect(made.options.byte(0)).toBe(by || before + after === 0 ? VALID : SAME);
      if (by) expect(places(by.inputs[1]!)).toEqual([0, 0, before, after, before, after, 0, 0]);
      else if (before + after > 0) {
        const window = layer.kind === 'max-pool' ? layer.side : layer.shape[0];
        const side = tensors[made.inputs[0]!]!.shape[1]!;
        const zeros = Math.max(0, (Math.ceil(side / layer.stride) - 1) * layer.stride + window - side);
        expect([before, after]).toEqual([Math.floor(zeros / 2), Math.ceil(zeros / 2)]);
      }
    }
    const padded = operators.filter(({ type }) => type === PAD).length;
    if (family === 'efficientnet-lite0') expect(padded).toBe(0);
    else expect(padded).toBeGreaterThan(1);
  });
});

it('lays the features of two networks end to end', async () => {
  const networks = (['efficientnet-lite0', 'torch-v1.5'] as const).map(family => {
    const { network, layers } = narrowed(backboneOf(family));
    return { backbone: network, layers };
  });
  const { tensors, operators } = await read(classifier(networks, linear(1280 + 2048)));
  const joined = operators.find(({ outputs }) => tensors[outputs[0]!]!.name === 'avg_pool')!;
  expect(joined).toMatchObject({ type: 2, before: 2 });
  expect(joined.inputs.map(one => tensors[one]!)).toMatchObject([
    { name: 'avg_pool_1', shape: [1, 1280] },
    { name: 'avg_pool_2', shape: [1, 2048] },
  ]);
  expect(tensors[joined.outputs[0]!]!.shape).toEqual([1, 3328]);
  // The axis, of which the first is the batch.
  expect(joined.options.int(0)).toBe(1);
});

function count(layers: Layer[]): number {
  return layers.reduce(
    (sum, layer) => sum + ('kernel' in layer ? layer.kernel.values.length + layer.bias.values.length : 0),
    0,
  );
}

describe('weights', () => {
  const { network, layers } = narrowed(backboneOf('efficientnet-lite0'));
  const whole = classifier([{ backbone: network, layers }], linear(network.length));
  const kernel = (name: string) =>
    whole.flatMap(layer => ('kernel' in layer && layer.name === name ? [layer.kernel] : []))[0]!;

  it('stand with outputs first, and single channels as they are', async () => {
    const { tensors, buffers } = await read(whole);
    const values = (name: string) => {
      const { buffer, shape } = tensors.find(one => one.name === name)!;
      return { shape, values: new Float32Array(buffers[buffer]!.data(0).bytes.buffer) };
    };
    const stem = values('stem_conv_kernel');
    const [h, w, i, o] = [1, 2, 0, 3];
    const [, height, width, inputs] = stem.shape as [number, number, number, number];
    const own = kernel('stem_conv');
    expect([height, width, inputs]).toEqual(own.shape.slice(0, 3));
    expect(stem.values[((o * height + h) * width + w) * inputs + i]).toBe(
      own.values[((h * width + w) * inputs + i) * own.shape[3]! + o],
    );
    const window = values('block1a_dwconv_kernel');
    expect(window.shape).toEqual([1, ...kernel('block1a_dwconv').shape.slice(0, 3)]);
    expect(window.values).toEqual(kernel('block1a_dwconv').values);
  });

  it('of 16 bits are widened before they are read', async () => {
    const { tensors, operators, buffers } = await read(whole, { precision: 'float16' });
    const widened = operators.filter(({ type }) => type === DEQUANTIZE);
    const large = whole.filter(layer => 'kernel' in layer && inHalf(layer.kernel.values.length, layer.kernel.exact));
    expect(widened.length).toBe(large.length);
    expect(large.length).toBeGreaterThan(0);
    for (const { inputs, outputs, version } of widened) {
      expect([tensors[inputs[0]!]!.type, tensors[outputs[0]!]!.type, version]).toEqual([1, 0, 3]);
    }
    const { buffer } = tensors.find(({ name }) => name === 'top_conv_kernel_half')!;
    const halves = fromHalf(new Uint16Array(buffers[buffer]!.data(0).bytes.buffer));
    const own = kernel('top_conv');
    const [, , inputs, outputs] = own.shape as [number, number, number, number];
    for (const [n, value] of halves.entries()) {
      const exact = own.values[(n % inputs) * outputs + Math.floor(n / inputs)]!;
      expect(Math.abs(value - exact)).toBeLessThan(1e-3);
    }
    // All that goes through few numbers keeps them to the last bit.
    const window = tensors.find(({ name }) => name === 'block1a_dwconv_kernel')!;
    expect(new Float32Array(buffers[window.buffer]!.data(0).bytes.buffer)).toEqual(kernel('block1a_dwconv').values);
  });

  it('of 8 bits are off by half a step of their channel at most; few stay as they are', async () => {
    const { tensors, operators, buffers } = await read(whole, { precision: 'int8' });
    let rounded = 0;
    for (const { type, version, inputs } of operators.filter(one => one.type === CONV || one.type === DEPTHWISE)) {
      const { shape, type: kept, buffer, name, tensor } = tensors[inputs[1]!]!;
      const size = shape.reduce((product, side) => product * side, 1);
      expect(kept, name).toBe(size < 1024 ? 0 : 9);
      if (kept !== 9) continue;
      rounded++;
      expect(version).toBe(type === CONV ? 5 : 6);
      const scales = tensor.table(4);
      const dimension = scales.int(6);
      expect(dimension).toBe(type === CONV ? 0 : 3);
      const steps = scales.floats(2);
      expect(steps).toHaveLength(shape[dimension]!);
      const own = kernel(name.replace(/_kernel$/, ''));
      const found = new Int8Array(buffers[buffer]!.data(0).bytes.buffer);
      const outputs = steps.length;
      const area = size / outputs;
      /** In steps of its channel. */
      let furthest = 0;
      for (let n = 0; n < size; n++) {
        const [output, rest] =
          type === CONV ? [Math.floor(n / area), n % area] : [n % outputs, Math.floor(n / outputs)];
        const exact = own.values[rest * outputs + output]!;
        furthest = Math.max(furthest, Math.abs(found[n]! - exact / steps[output]!));
      }
      expect(furthest, name).toBeLessThanOrEqual(0.501);
    }
    expect(rounded).toBeGreaterThan(5);
  });
});

describe('what the tools look for', () => {
  it.each([
    ['a picture', undefined],
    ['features', 'head'],
  ])('is said of %s', async (_, head) => {
    const { network, layers } = narrowed(backboneOf('efficientnet-lite0'));
    const odd = linear(network.length, ODD_NAMES.length);
    const given = head ? headOnly(odd) : classifier([{ backbone: network, layers }], odd);
    const { bytes, model, buffers } = await read(given, { labels: ODD_NAMES });
    const [entry] = model.tables(6);
    expect(entry!.text(0)).toBe('TFLITE_METADATA');
    const metadata = root(buffers[entry!.int(1)]!.data(0).bytes, 'M001');
    const [graph] = metadata.tables(3);
    const [input] = graph!.tables(2);
    const [output] = graph!.tables(3);
    // RGB pixels go in as they are.
    expect(input!.text(0)).toBe(head ? 'features' : 'image');
    expect(input!.table(3).byte(0)).toBe(head ? 1 : 2);
    const [unit] = input!.tables(4);
    expect([unit!.byte(0), unit!.table(1).floats(0), unit!.table(1).floats(1)]).toEqual([1, [0], [1]]);
    const [labels] = output!.tables(6);
    expect([labels!.text(0), labels!.byte(2)]).toEqual(['labels.txt', 2]);
    const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
    const lines = (await zip.file('labels.txt')!.async('string')).split('\n');
    expect(lines).toEqual([...ODD_NAMES.map(oneLine), '']);
    const [signature] = model.tables(7);
    expect(signature!.tables(0)[0]!.text(0)).toBe(head ? 'features' : 'image');
  });
});
