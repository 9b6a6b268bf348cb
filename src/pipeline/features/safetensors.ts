// Reads a network's weights, named as PyTorch names them, from a .safetensors file (format: github.com/huggingface/safetensors).
import { outputsOf, weightedLayers } from '../../backbones/layers';
import type { Backbone, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { RawLayer } from './fold';

/** Bytes per value of the number formats read here. */
const WIDTHS = { F32: 4, F16: 2, BF16: 2 } as const;
type Format = keyof typeof WIDTHS;

/** The header of a real file has about 27 KB. */
const MAX_HEADER = 4_000_000;

/** Where one tensor stands in the file, checked against what was expected. */
export interface TensorPlace {
  format: Format;
  start: number;
  end: number;
}

/**
 * Looks up the named tensors, with these shapes, in the header. Everything is checked against the file's length before
 * a tensor is read, so a lying header cannot make anything large. A tensor whose name is of the kind `complete` but not
 * among the wanted belongs to another network. Throws `weights_*` errors.
 */
export async function findTensors(
  file: Blob,
  wanted: Map<string, number[]>,
  complete?: RegExp,
): Promise<Map<string, TensorPlace>> {
  const header = await readHeader(file);
  const places = new Map<string, TensorPlace>();
  const foreign = complete && Object.keys(header.tensors).find(name => complete.test(name) && !wanted.has(name));
  if (foreign) throw new GleanerError('weights_other_network', [foreign.slice(0, 80)]);
  for (const [name, shape] of wanted) {
    const entry = Object.hasOwn(header.tensors, name) ? header.tensors[name] : undefined;
    if (typeof entry !== 'object' || entry === null) throw new GleanerError('weights_missing', [name]);
    const { dtype, shape: found, data_offsets: offsets } = entry as Record<string, unknown>;
    if (typeof dtype !== 'string' || !Object.hasOwn(WIDTHS, dtype)) throw new GleanerError('weights_format', [name]);
    if (!Array.isArray(found) || found.length !== shape.length || shape.some((side, i) => side !== found[i])) {
      throw new GleanerError('weights_shape', [name, shape.join(' × ')]);
    }
    const format = dtype as Format;
    const bytes = shape.reduce((product, side) => product * side, 1) * WIDTHS[format];
    const [from, to] = Array.isArray(offsets) ? (offsets as unknown[]) : [];
    if (!isOffset(from) || !isOffset(to) || to - from !== bytes) throw new GleanerError('weights_damaged');
    if (header.dataStart + to > file.size) throw new GleanerError('weights_truncated');
    places.set(name, { format, start: header.dataStart + from, end: header.dataStart + to });
  }
  return places;
}

/** Names of all tensors a file says it has. Throws `weights_*` errors. */
export async function namesOf(file: Blob): Promise<Set<string>> {
  return new Set(Object.keys((await readHeader(file)).tensors));
}

/** One tensor's values as 32-bit floats. */
export async function readTensor(file: Blob, { format, start, end }: TensorPlace): Promise<Float32Array> {
  const bytes = await file.slice(start, end).arrayBuffer();
  if (bytes.byteLength !== end - start) throw new GleanerError('weights_truncated');
  if (format === 'F32') return new Float32Array(bytes);
  return format === 'F16' ? fromHalf(new Uint16Array(bytes)) : fromBrain(new Uint16Array(bytes));
}

/** Yields the raw layers in network order, one at a time, so that memory holds one layer twice and no more. */
export async function* readSafetensors(file: Blob, network: Backbone): AsyncGenerator<[WeightedLayer, RawLayer]> {
  const layers = weightedLayers(network);
  const wanted = new Map<string, number[]>();
  for (const layer of layers) {
    const names = network.file.names(layer.name);
    wanted.set(`${names.conv}.weight`, inTorchOrder(layer));
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) {
      wanted.set(`${names.norm}.${part}`, [outputsOf(layer)]);
    }
  }
  const places = await findTensors(file, wanted, network.file.kind);
  const read = (name: string) => readTensor(file, places.get(name)!);
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

/** PyTorch's shape of a kernel: outputs, inputs each of them reads, height, width. */
function inTorchOrder({ kind, shape }: WeightedLayer): [number, number, number, number] {
  const [height, width, inputs, outputs] = shape;
  return kind === 'depthwise' ? [inputs, 1, height, width] : [outputs, inputs, height, width];
}

async function readHeader(file: Blob): Promise<{ tensors: Record<string, unknown>; dataStart: number }> {
  const prefix = await file.slice(0, 8).arrayBuffer();
  if (prefix.byteLength < 8) throw new GleanerError('weights_truncated');
  const length = Number(new DataView(prefix).getBigUint64(0, true));
  if (length < 2 || length > MAX_HEADER) throw new GleanerError('weights_unknown');
  if (8 + length > file.size) throw new GleanerError('weights_truncated');
  try {
    const tensors: unknown = JSON.parse(await file.slice(8, 8 + length).text());
    if (typeof tensors === 'object' && tensors !== null) {
      return { tensors: tensors as Record<string, unknown>, dataStart: 8 + length };
    }
  } catch {
    // What is no JSON is no safetensors file.
  }
  throw new GleanerError('weights_unknown');
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The float of every binary16: looked up, because a file holds 25 million of only 65,536 kinds. */
const halfValues = Float32Array.from({ length: 65_536 }, (_, half) => {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  let magnitude = (1024 + fraction) * 2 ** (exponent - 25);
  if (exponent === 0) magnitude = fraction * 2 ** -24;
  if (exponent === 31) magnitude = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return half & 0x8000 ? -magnitude : magnitude;
});

/** IEEE 754 binary16 to floats. */
function fromHalf(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = halfValues[halves[i]!]!;
  return floats;
}

/** bfloat16 is the upper half of a 32-bit float. */
function fromBrain(brains: Uint16Array): Float32Array {
  const words = new Uint32Array(brains.length);
  for (let i = 0; i < brains.length; i++) words[i] = brains[i]! << 16;
  return new Float32Array(words.buffer);
}

/** PyTorch's OIHW to TensorFlow's HWIO, whose order is that of a depthwise [height, width, channels, 1] as well. */
function toHwio(
  kernel: Float32Array,
  [outputs, inputs, height, width]: [number, number, number, number],
): Float32Array {
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
