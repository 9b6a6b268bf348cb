// Weight files: a small-but-complete one of each kind, made here, reads back; wrong, cut and hostile ones are refused.
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { type Group, File as H5File, ready } from 'h5wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN, backboneOf } from '../../../src/backbones';
import { packedLength, weightedLayers } from '../../../src/backbones/layers';
import type { FoldedLayer, WeightedLayer } from '../../../src/contract/backbone';
import { fold, type RawLayer } from '../../../src/pipeline/features/fold';
import { seededRaw } from '../../../src/pipeline/features/seeded';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import { seededRandom } from '../../../src/pipeline/head/random';

const keras = backboneOf('keras-v1');
const torch = backboneOf('torch-v1.5');
/** Raw weights whose numbers bfloat16 holds exactly. */
let raw: Map<string, RawLayer>;

beforeAll(() => {
  raw = seededRaw(keras, seededRandom(5).uniform);
  for (const conv of raw.values()) {
    for (const values of Object.values(conv) as Float32Array<ArrayBuffer>[]) {
      const words = new Uint32Array(values.buffer);
      for (let i = 0; i < words.length; i++) words[i]! &= 0xffff0000;
    }
  }
}, 60_000);

/** The layers' own bytes, whatever made them. */
function expectSame(found: FoldedLayer, expected: FoldedLayer): void {
  expect(found.name).toBe(expected.name);
  for (const part of ['kernel', 'bias'] as const) {
    const [a, b] = [found[part], expected[part]].map(values => Buffer.from(values.buffer));
    expect(Buffer.compare(a!, b!), `${expected.name}/${part}`).toBe(0);
  }
}

describe('the architecture', () => {
  it('is ResNet-50: 53 convolutions, 23,454,912 kernel values', () => {
    const layers = weightedLayers(keras);
    expect(layers).toHaveLength(53);
    expect(packedLength(keras)).toBe(23_454_912 + 26_560);
    expect(layers.map(({ name }) => name).slice(0, 6)).toEqual([
      'conv1_conv',
      'conv2_block1_0_conv',
      'conv2_block1_1_conv',
      'conv2_block1_2_conv',
      'conv2_block1_3_conv',
      'conv2_block2_1_conv',
    ]);
    expect(torch.file.names('conv4_block6_2_conv')).toEqual({ conv: 'layer3.5.conv2', norm: 'layer3.5.bn2' });
    expect(torch.file.names('conv2_block1_0_conv')).toEqual({
      conv: 'layer1.0.downsample.0',
      norm: 'layer1.0.downsample.1',
    });
    expect(torch.file.names('conv1_conv')).toEqual({ conv: 'conv1', norm: 'bn1' });
  });

  it('differs between the families by the place of three strides only', () => {
    const other = weightedLayers(torch);
    const different = weightedLayers(keras).filter((layer, i) => layer.stride !== other[i]!.stride);
    expect(different.map(({ name, stride }) => [name, stride])).toEqual(
      [3, 4, 5].flatMap(stage => [
        [`conv${stage}_block1_1_conv`, 2],
        [`conv${stage}_block1_2_conv`, 1],
      ]),
    );
    const strip = (layers: typeof other) => layers.map(({ stride: _stride, ...rest }) => rest);
    expect(strip(weightedLayers(keras))).toEqual(strip(other));
  });
});

describe('folding', () => {
  it('gives what convolution and batch norm give one after the other', () => {
    const layer = {
      ...weightedLayers(keras)[0]!,
      kind: 'conv' as const,
      shape: [1, 1, 2, 2] as [number, number, number, number],
    };
    const conv: RawLayer = {
      kernel: Float32Array.of(1, 2, 3, 4),
      bias: Float32Array.of(0.5, -1),
      gamma: Float32Array.of(2, 3),
      beta: Float32Array.of(0.1, 0.2),
      mean: Float32Array.of(1, -2),
      variance: Float32Array.of(4, 0.25),
    };
    const { kernel, bias } = fold(layer, conv, 0.01);
    const x = [0.3, -0.7];
    for (const o of [0, 1]) {
      const z = x[0]! * conv.kernel[o]! + x[1]! * conv.kernel[2 + o]! + conv.bias![o]!;
      const expected = (conv.gamma[o]! * (z - conv.mean[o]!)) / Math.sqrt(conv.variance[o]! + 0.01) + conv.beta[o]!;
      expect(x[0]! * kernel[o]! + x[1]! * kernel[2 + o]! + bias[o]!).toBeCloseTo(expected, 5);
    }
  });
});

/** What the names of a layer's weights end with: Keras itself has written both, and here every other layer has the one. */
const suffixOf = (layer: string) =>
  weightedLayers(keras).findIndex(({ name }) => name === layer) % 2 === 0 ? ':0' : '';

/** Keras's legacy layout: a group per layer, datasets under the layer's name again, listed in `weight_names`. */
async function kerasFile(): Promise<Blob> {
  const { FS } = await ready;
  const file = new H5File('/written.h5', 'w');
  const write = (layer: string, suffix: string, weights: [string, Float32Array, number[]][]) => {
    const group = file.create_group(layer) as Group;
    group.create_attribute(
      'weight_names',
      weights.map(([name]) => `${layer}/${name}${suffix}`),
    );
    const inner = group.create_group(layer);
    for (const [name, data, shape] of weights) inner.create_dataset({ name: `${name}${suffix}`, data, shape });
  };
  for (const { name, shape } of weightedLayers(keras)) {
    const { kernel, bias, gamma, beta, mean, variance } = raw.get(name)!;
    const one = [shape[3]];
    write(name, suffixOf(name), [
      ['kernel', kernel, shape],
      ['bias', bias!, one],
    ]);
    write(keras.file.names(name).norm, suffixOf(name), [
      ['gamma', gamma, one],
      ['beta', beta, one],
      ['moving_mean', mean, one],
      ['moving_variance', variance, one],
    ]);
  }
  file.close();
  const bytes = FS.readFile('/written.h5') as Uint8Array<ArrayBuffer>;
  FS.unlink('/written.h5');
  return new Blob([bytes]);
}

describe('a Keras .h5', () => {
  let whole: Blob;
  let read: Awaited<ReturnType<typeof readWeights>>;
  beforeAll(async () => {
    whole = await kerasFile();
    read = await readWeights(whole);
  }, 60_000);

  it.each([':0', ''])('reads back bit for bit, names ending in "%s"', suffix => {
    expect(read.family).toBe('keras-v1');
    const layers = weightedLayers(keras);
    expect(read.layers).toHaveLength(layers.length);
    for (const [i, layer] of layers.entries()) {
      if (suffixOf(layer.name) !== suffix) continue;
      expectSame(read.layers[i]!, fold(layer, raw.get(layer.name)!, backboneOf('keras-v1').file.epsilon));
    }
  });

  it('is refused when a layer is missing, misshapen or of another type', async () => {
    const h5 = async (write: (root: H5File) => void) => {
      const { FS } = await ready;
      const file = new H5File('/small.h5', 'w');
      write(file);
      file.close();
      return new Blob([FS.readFile('/small.h5') as Uint8Array<ArrayBuffer>]);
    };
    await expect(readWeights(await h5(() => undefined))).rejects.toMatchObject({
      code: 'weights_missing',
      words: ['conv1_conv/kernel'],
    });
    const stem = (data: Float32Array | Int32Array, shape: number[]) =>
      h5(root => root.create_group('conv1_conv').create_dataset({ name: 'kernel:0', data, shape }));
    await expect(readWeights(await stem(new Float32Array(12), [1, 1, 3, 4]))).rejects.toMatchObject({
      code: 'weights_shape',
    });
    await expect(readWeights(await stem(new Int32Array(7 * 7 * 3 * 64), [7, 7, 3, 64]))).rejects.toMatchObject({
      code: 'weights_format',
    });
  }, 60_000);

  it('is refused when cut short or overwritten', async () => {
    await expect(readWeights(whole.slice(0, Math.floor(whole.size / 2)))).rejects.toMatchObject({
      name: 'GleanerError',
    });
    await expect(readWeights(whole.slice(0, 600))).rejects.toMatchObject({ name: 'GleanerError' });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    bytes.fill(0x5a, 8, 3000);
    await expect(readWeights(new Blob([bytes]))).rejects.toMatchObject({ name: 'GleanerError' });
  }, 60_000);
});

type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };

interface Parts {
  header: Record<string, Entry>;
  body: Blob;
}

/** A torchvision file: OIHW kernels, no biases. */
function torchParts(): Parts {
  const header: Record<string, Entry> = {};
  const parts: Float32Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = (name: string, values: Float32Array<ArrayBuffer>, shape: number[]) => {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    parts.push(values);
    offset += values.byteLength;
  };
  for (const { name, shape } of weightedLayers(torch)) {
    const [height, width, inputs, outputs] = shape;
    const { kernel, gamma, beta, mean, variance } = raw.get(name)! as Record<keyof RawLayer, Float32Array<ArrayBuffer>>;
    const oihw = new Float32Array(kernel.length);
    for (let place = 0, i = 0; place < height * width; place++) {
      for (let c = 0; c < inputs; c++) {
        for (let o = 0; o < outputs; o++, i++) oihw[(o * inputs + c) * height * width + place] = kernel[i]!;
      }
    }
    const names = torch.file.names(name);
    add(`${names.conv}.weight`, oihw, [outputs, inputs, height, width]);
    add(`${names.norm}.weight`, gamma, [outputs]);
    add(`${names.norm}.bias`, beta, [outputs]);
    add(`${names.norm}.running_mean`, mean, [outputs]);
    add(`${names.norm}.running_var`, variance, [outputs]);
  }
  return { header, body: new Blob(parts) };
}

/** The upper halves of the numbers: bfloat16. */
async function inBrainFloat({ header, body }: Parts): Promise<Parts> {
  const words = new Uint16Array(await body.arrayBuffer());
  const upper = new Uint16Array(words.length / 2);
  for (let i = 0; i < upper.length; i++) upper[i] = words[2 * i + 1]!;
  const entries = Object.entries(header).map(
    ([
      name,
      {
        shape,
        data_offsets: [start, end],
      },
    ]): [string, Entry] => [name, { dtype: 'BF16', shape, data_offsets: [start / 2, end / 2] }],
  );
  return { header: Object.fromEntries(entries), body: new Blob([upper]) };
}

function safetensors(header: object, body: Blob): Blob {
  const json = new TextEncoder().encode(JSON.stringify(header));
  return new Blob([new BigUint64Array([BigInt(json.length)]), json, body]);
}

describe('a torchvision .safetensors', () => {
  let float: Parts;
  let brain: Parts;
  beforeAll(async () => {
    float = torchParts();
    brain = await inBrainFloat(float);
  }, 60_000);

  it('reads back bit for bit, from F32 and from BF16', async () => {
    const exact = await readWeights(safetensors(float.header, float.body));
    expect(exact.family).toBe('torch-v1.5');
    const layers = weightedLayers(torch);
    expect(exact.layers).toHaveLength(layers.length);
    const expected = (layer: WeightedLayer) => {
      const { bias: _bias, ...conv } = raw.get(layer.name)!;
      return fold(layer, conv, backboneOf('torch-v1.5').file.epsilon);
    };
    for (const [i, layer] of layers.entries()) expectSame(exact.layers[i]!, expected(layer));
    const brains = await readWeights(safetensors(brain.header, brain.body));
    expect(brains.layers).toHaveLength(layers.length);
    for (const [i, layer] of brains.layers.entries()) expectSame(layer, exact.layers[i]!);
  }, 60_000);

  const name = 'layer2.0.conv2.weight';
  it.each([
    ['a missing tensor', undefined, 'weights_missing'],
    ['a false shape', { shape: [128, 128, 3, 1e12] }, 'weights_shape'],
    ['a string as shape', { shape: '128' }, 'weights_shape'],
    ['a string dtype', { dtype: 'string' }, 'weights_format'],
    ['a dtype from the prototype', { dtype: 'constructor' }, 'weights_format'],
    ['offsets behind the end', { data_offsets: [1e12, 1e12 + 128 * 128 * 9 * 2] }, 'weights_truncated'],
    ['negative offsets', { data_offsets: [-128 * 128 * 9 * 2, 0] }, 'weights_damaged'],
    ['offsets of another length', { data_offsets: [0, 8] }, 'weights_damaged'],
    ['offsets that are no numbers', { data_offsets: ['0', '1'] }, 'weights_damaged'],
  ])('is refused for %s, before any tensor is read', async (_what, change, code) => {
    const header: Record<string, unknown> = { ...brain.header, [name]: { ...brain.header[name], ...change } };
    if (!change) delete header[name];
    await expect(readWeights(safetensors(header, brain.body))).rejects.toMatchObject({ name: 'GleanerError', code });
  });

  it('is refused when cut short, when its header lies about its length, and when it is something else', async () => {
    const whole = safetensors(brain.header, brain.body);
    await expect(readWeights(whole.slice(0, whole.size - 10))).rejects.toMatchObject({ code: 'weights_truncated' });
    await expect(readWeights(whole.slice(0, 5))).rejects.toMatchObject({ code: 'weights_truncated' });
    const lying = (length: bigint) => new Blob([new BigUint64Array([length]), 'x'.repeat(100)]);
    await expect(readWeights(lying(2n ** 63n))).rejects.toMatchObject({ code: 'weights_unknown' });
    await expect(readWeights(lying(5000n))).rejects.toMatchObject({ code: 'weights_truncated' });
    await expect(readWeights(lying(50n))).rejects.toMatchObject({ code: 'weights_unknown' });
    await expect(readWeights(new Blob(['<!doctype html><title>404</title>']))).rejects.toMatchObject({
      code: 'weights_unknown',
    });
    await expect(readWeights(new Blob([]))).rejects.toMatchObject({ code: 'weights_truncated' });
  });

  it('is refused when its values are no numbers', async () => {
    const { data_offsets: offsets } = brain.header['bn1.running_var']!;
    const negative = Uint16Array.from({ length: 64 }, () => 0xbf80);
    const body = new Blob([brain.body.slice(0, offsets[0]), negative, brain.body.slice(offsets[1])]);
    await expect(readWeights(safetensors(brain.header, body))).rejects.toMatchObject({
      code: 'weights_values',
      words: ['conv1_conv'],
    });
  });
});

describe('the shipped .safetensors of EfficientNet-Lite0', () => {
  const path = join(import.meta.dirname, '../../../public', BUILT_IN.builtIn!.path);
  let file: Blob;
  /** The file with another header; the tensors stay where they are. */
  const altered = async (change: (header: Record<string, unknown>) => void): Promise<Blob> => {
    const length = Number(new DataView(await file.slice(0, 8).arrayBuffer()).getBigUint64(0, true));
    const header = JSON.parse(await file.slice(8, 8 + length).text()) as Record<string, unknown>;
    change(header);
    return safetensors(header, file.slice(8 + length));
  };
  beforeAll(async () => {
    file = await openAsBlob(path);
  });

  it('is known by its names, and read without ImageNet’s own classifier', async () => {
    const without = await altered(header => {
      delete header['_fc.weight'];
      delete header['_fc.bias'];
    });
    const { family, layers } = await readWeights(without);
    expect(family).toBe('efficientnet-lite0');
    expect(layers.map(({ name }) => name)).toEqual(weightedLayers(BUILT_IN).map(({ name }) => name));
    const whole = (await readWeights(file)).layers;
    expect(whole).toHaveLength(layers.length);
    for (const [i, layer] of layers.entries()) expectSame(whole[i]!, layer);
  });

  it.each<[string, (header: Record<string, unknown>) => void, string]>([
    [
      'a deeper relative',
      header => (header['_blocks.16._bn0.weight'] = header['_bn0.weight']),
      'weights_other_network',
    ],
    [
      'squeeze and excitation',
      header => (header['_blocks.1._se_reduce.weight'] = header['_bn0.weight']),
      'weights_other_network',
    ],
    ['a missing layer', header => delete header['_blocks.7._project_conv.weight'], 'weights_missing'],
    [
      'a wider one',
      header => Object.assign(header['_conv_head.weight'] as object, { shape: [1408, 320, 1, 1] }),
      'weights_shape',
    ],
  ])('is refused as %s', async (_what, change, code) => {
    await expect(readWeights(await altered(change))).rejects.toMatchObject({ name: 'GleanerError', code });
  });

  it('is refused when it is cut short, before its classifier', async () => {
    await expect(readWeights(file.slice(0, file.size - 2 * 1001 * 1280))).rejects.toMatchObject({
      code: 'weights_truncated',
    });
  });
});
