// Keras's, ONNX's and Teachable Machine's files hold every weight in the place where their readers look for it.

import fc from 'fast-check';
import { type Dataset, type Group, File as H5File, ready } from 'h5wasm';
import { describe, expect, it } from 'vitest';
import { kernelLength, outputsOf, weightedLayers } from '../../../src/backbones/layers';
import type { Architecture, ConvLayer, FoldedLayer, NetworkLayer } from '../../../src/contract/backbone';
import type { HeadWeights } from '../../../src/contract/head';
import { float16 } from '../../../src/formats/half';
import type { ZipEntry } from '../../../src/formats/zip/write';
import { kerasOrder } from '../../../src/pipeline/export/keras-order';
import { kerasH5 } from '../../../src/pipeline/export/model-formats/keras';
import { onnxGraph } from '../../../src/pipeline/export/model-formats/onnx-graph';
import { teachableMachine } from '../../../src/pipeline/export/model-formats/teachable-machine';
import { classifier, headOnly } from '../../../src/pipeline/export/network';

/** A network of one block, as small as the real ones' parts allow; with a window over each channel where asked. */
function tiny(depthwise = false): { architecture: Architecture; layers: FoldedLayer[] } {
  const layer = (name: string, from: string, side: number, inputs: number, outputs: number): ConvLayer => ({
    kind: 'conv',
    name,
    from,
    shape: [side, side, inputs, outputs],
    stride: 1,
    pad: [(side - 1) / 2, (side - 1) / 2],
    activation: /[03]_conv/.test(name) ? 'none' : 'relu',
  });
  const second = layer('conv2_block1_2_conv', 'conv2_block1_1_conv', 3, 2, 2);
  const network: NetworkLayer[] = [
    layer('conv1_conv', 'image', 7, 3, 4),
    layer('conv2_block1_0_conv', 'conv1_conv', 1, 4, 8),
    layer('conv2_block1_1_conv', 'conv1_conv', 1, 4, 2),
    depthwise
      ? { ...second, kind: 'depthwise', shape: [3, 3, 2, 1], stride: 2, pad: [0, 1], activation: 'relu6' }
      : second,
    layer('conv2_block1_3_conv', 'conv2_block1_2_conv', 1, 2, 8),
    {
      kind: 'add',
      name: 'conv2_block1_out',
      from: ['conv2_block1_0_conv', 'conv2_block1_3_conv'],
      activation: depthwise ? 'none' : 'relu',
    },
  ];
  let next = 0;
  const fill = (length: number) => Float32Array.from({ length }, () => ++next / 8);
  const layers = weightedLayers({ layers: network }).map(one => ({
    ...one,
    kernel: fill(kernelLength(one)),
    bias: fill(outputsOf(one)),
  }));
  const preprocessing: Architecture['preprocessing'] = { order: 'bgr', mean: [1, 2, 3], std: [1, 1, 1] };
  return { architecture: { side: 224, preprocessing, layers: network, length: 8 }, layers };
}

const HEAD: HeadWeights = {
  kind: 'article',
  w1: { rows: 8, columns: 2, values: new Float32Array(16).fill(0.5) },
  b1: new Float32Array(2),
  gamma: new Float32Array([1, 2]),
  beta: new Float32Array([3, 4]),
  mean: new Float32Array([5, 6]),
  variance: new Float32Array([7, 8]),
  w2: { rows: 2, columns: 3, values: new Float32Array(6).fill(0.25) },
  b2: new Float32Array(3),
};

/** One level of a Protocol Buffers message: field number and its value, written apart from the writer under test. */
function fields(bytes: Uint8Array): [field: number, value: number | Uint8Array][] {
  const out: [number, number | Uint8Array][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = tag >> 3;
    if ((tag & 7) === 0) out.push([field, varint()]);
    else {
      const length = (tag & 7) === 5 ? 4 : varint();
      out.push([field, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return out;
}
const all = (bytes: Uint8Array, field: number) =>
  fields(bytes)
    .filter(([number]) => number === field)
    .map(([, value]) => value as Uint8Array);
const words = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('onnx', () => {
  const { architecture, layers } = tiny();
  const file = onnxGraph(classifier([{ backbone: architecture, layers }], HEAD), {
    half: false,
    producer: 'test',
    metadata: { labels: '[]' },
  });
  const graph = all(file, 7)[0] ?? new Uint8Array();
  const initializers = new Map(all(graph, 5).map(tensor => [words(all(tensor, 8)[0]), tensor]));

  it('reads nothing that is not made before, and ends in the probabilities', () => {
    const known = new Set(['image', ...initializers.keys()]);
    for (const node of all(graph, 1)) {
      for (const input of all(node, 1)) expect(known).toContain(words(input));
      known.add(words(all(node, 2)[0]));
    }
    expect(words(all(all(graph, 12)[0] ?? new Uint8Array(), 1)[0])).toBe('probabilities');
    expect(known).toContain('probabilities');
  });

  it('holds as many numbers as each shape says', () => {
    expect(initializers.size).toBe(2 * (1 + 5 + 2) + 4);
    for (const tensor of initializers.values()) {
      const shape = fields(tensor)
        .filter(([field]) => field === 1)
        .map(([, side]) => side as number);
      expect(all(tensor, 9)[0]?.length).toBe(4 * shape.reduce((a, b) => a * b, 1));
    }
  });

  it('turns kernels from height, width, in, out to out, in, height, width', () => {
    const raw = all(initializers.get('conv1_conv_kernel') ?? new Uint8Array(), 9)[0]?.slice() ?? new Uint8Array();
    const turned = new Float32Array(raw.buffer);
    const kernel = layers[0]?.kernel ?? new Float32Array();
    const [h, w, i, o] = [2, 5, 1, 3];
    expect(turned[((o * 3 + i) * 7 + h) * 7 + w]).toBe(kernel[((h * 7 + w) * 3 + i) * 4 + o]);
  });

  it('says of a window over single channels how they are grouped, where the odd zero stands, and where values end', () => {
    const { architecture: network, layers: weights } = tiny(true);
    const written = all(
      onnxGraph(classifier([{ backbone: network, layers: weights }], HEAD), {
        half: false,
        producer: 'test',
        metadata: {},
      }),
      7,
    )[0]!;
    const nodes = new Map(all(written, 1).map(one => [words(all(one, 2)[0]), one]));
    const attributes = new Map(
      all(nodes.get('conv2_block1_2_conv')!, 5).map(one => [words(all(one, 1)[0]), fields(one)]),
    );
    const ints = (name: string, field: number) =>
      attributes.get(name)?.flatMap(([number, value]) => (number === field ? [value] : []));
    expect(ints('group', 3)).toEqual([2]);
    expect(ints('pads', 8)).toEqual([0, 0, 1, 1]);
    expect(words(all(nodes.get('conv2_block1_2_conv_relu6')!, 4)[0])).toBe('Clip');
    // Nothing is cut off after the sum.
    expect(words(all(nodes.get('conv2_block1_out')!, 4)[0])).toBe('Add');
  });

  it('stores half as much of large tensors in half precision, and small ones as they are', () => {
    const w1 = { rows: 32_768, columns: 2, values: new Float32Array(65_536) };
    const small = onnxGraph(headOnly({ ...HEAD, w1 } as typeof HEAD), { half: true, producer: 'test', metadata: {} });
    const stored = all(all(small, 7)[0] ?? new Uint8Array(), 5).map(tensor => all(tensor, 9)[0]?.length ?? 0);
    expect(stored.reduce((a, b) => a + b, 0)).toBe(2 * 65_536 + 4 * (2 + 8 + 6 + 3));
  });
});

describe('kerasH5', () => {
  it('lists the weights as Keras pairs them: by layer, in the order of distance from the output', async () => {
    const { architecture, layers } = tiny();
    const bytes = await kerasH5(classifier([{ backbone: architecture, layers }], HEAD));
    const { FS } = await ready;
    FS.writeFile('/read.h5', bytes);
    const file = new H5File('/read.h5', 'r');
    const config = JSON.parse(String(file.attrs.model_config?.value));
    expect(config.class_name).toBe('Functional');
    const root = file.get('model_weights') as Group;
    expect(root.attrs.layer_names?.value).toEqual([
      'pixels',
      'conv1_conv',
      'conv2_block1_1_conv',
      'conv2_block1_2_conv',
      'conv2_block1_0_conv',
      'conv2_block1_3_conv',
      'hidden',
      'hidden_norm',
      'probabilities',
    ]);
    const norm = root.get('hidden_norm') as Group;
    expect(norm.attrs.weight_names?.value).toEqual(
      ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(part => `hidden_norm/${part}:0`),
    );
    const kernel = root.get('conv1_conv/conv1_conv/kernel:0') as Dataset;
    expect(kernel.shape).toEqual([7, 7, 3, 4]);
    expect(kernel.value).toEqual(layers[0]?.kernel);
    file.close();
  });
});

describe('kerasOrder', () => {
  it('is the order of keras.Model.layers', () => {
    // As Keras 3.15 gives it for a long and a short branch of one input, whose ends are concatenated: short first, long second.
    const branch = (name: string, length: number) =>
      Array.from({ length }, (_, i) => ({ name: `${name}${i}`, from: [i === 0 ? 'image' : `${name}${i - 1}`] }));
    const layers = [
      { name: 'image', from: [] },
      ...branch('short', 2),
      ...branch('long', 4),
      { name: 'both', from: ['short1', 'long3'] },
    ];
    expect(kerasOrder(layers)).toEqual(['image', 'long0', 'long1', 'short0', 'long2', 'short1', 'long3', 'both']);
  });
});

describe('two networks in one file', () => {
  const [one, other] = [tiny(), tiny(true)];
  const wide: HeadWeights = {
    kind: 'linear',
    w: { rows: 16, columns: 3, values: new Float32Array(48) },
    b: new Float32Array(3),
    l2: 0,
  };
  const both = classifier(
    [one, other].map(({ architecture, layers }) => ({ backbone: architecture, layers })),
    wide,
  );

  it('stand in Keras’s file layer by layer as Keras orders them, each layer once', async () => {
    const { FS } = await ready;
    FS.writeFile('/both.h5', await kerasH5(both));
    const file = new H5File('/both.h5', 'r');
    const names = (file.get('model_weights') as Group).attrs.layer_names?.value as string[];
    const weighted = both.filter(({ kind }) => ['convolution', 'depthwise', 'dense'].includes(kind));
    expect([...names].sort()).toEqual(weighted.map(({ name }) => name).sort());
    // Equally far from the output: the layers of both alternate, the first one's first.
    expect(names.slice(0, 4)).toEqual(['pixels_1', 'pixels_2', 'conv1_conv_1', 'conv1_conv_2']);
    expect(names.at(-1)).toBe('probabilities');
    file.close();
  });

  it('are concatenated in ONNX along the features', () => {
    const graph = all(onnxGraph(both, { half: false, producer: 'test', metadata: {} }), 7)[0]!;
    const nodes = all(graph, 1).map(node => ({ type: words(all(node, 4)[0]), inputs: all(node, 1).map(words), node }));
    const [concat] = nodes.filter(({ type }) => type === 'Concat');
    expect(concat?.inputs).toEqual(['avg_pool_1', 'avg_pool_2']);
    const [axis] = all(concat!.node, 5);
    expect(fields(axis!).find(([field]) => field === 3)?.[1]).toBe(1);
    expect(nodes.filter(({ type }) => type === 'Transpose')).toHaveLength(1);
  });
});

describe('teachableMachine', () => {
  it('writes the three files its loader asks for', async () => {
    const { architecture, layers } = tiny();
    const network = classifier([{ backbone: architecture, layers }], HEAD, 'teachable-machine');
    const written = {
      layers: network,
      labels: ['a', 'b', 'c'],
      backbone: 'x',
      generator: 'test',
      version: '0',
      licence: '',
      createdAt: 0,
      half: false,
    };
    const entries: ZipEntry[] = [];
    for await (const entry of teachableMachine.files(written, 'teachable-machine/')) entries.push(entry);
    expect(entries.map(entry => entry.path)).toEqual(
      ['model.json', 'weights.bin', 'metadata.json'].map(name => `teachable-machine/${name}`),
    );
    expect(JSON.parse(words(entries[2]?.bytes))).toMatchObject({ labels: ['a', 'b', 'c'], imageSize: 224 });
  });
});

describe('float16', () => {
  /** The value of a half, from its definition. */
  const value = (half: number) => {
    const [sign, exponent, mantissa] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
    if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
  };

  it('brings every half back', () => {
    const halves = Array.from({ length: 65536 }, (_, i) => i).filter(half => !Number.isNaN(value(half)));
    expect([...float16(Float32Array.from(halves, value))]).toEqual(halves);
  });

  it('rounds to the nearest half, ties to even', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), number => {
        const half = float16(new Float32Array([number]))[0] ?? 0;
        const error = Math.abs(value(half) - number);
        for (const other of [half - 1, half + 1]) {
          if ((other & 0x7fff) >= 0x7c00 || other < 0) continue;
          const theirs = Math.abs(value(other) - number);
          expect(error < theirs || (error === theirs && half % 2 === 0)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
