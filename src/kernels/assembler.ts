// Writes a WebAssembly module as bytes: the few instructions of the 128-bit SIMD standards the kernels are made of.

/** Encoded instructions; lists nest, so that loops of the generator read like the loops they write. */
export type Code = (number | Code)[];
export type ValueType = 'i32' | 'f32' | 'v128';

const TYPES: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };
const EMPTY = 0x40;
const [LOOP, IF, END] = [0x03, 0x04, 0x0b];

/** Unsigned and signed LEB128, the format's way to write whole numbers. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}
function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
/** Alignment is a hint only: 2² bytes for all. */
const at = (offset: number): number[] => [2, ...unsigned(offset)];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  load: (address: Code, offset = 0): Code => [address, 0x28, ...at(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  sub: (a: Code, b: Code): Code => [a, b, 0x6b],
  mul: (a: Code, b: Code): Code => [a, b, 0x6c],
  /** Of numbers without a sign. */
  quotient: (a: Code, b: Code): Code => [a, b, 0x6e],
  remainder: (a: Code, b: Code): Code => [a, b, 0x70],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
  shiftRight: (a: Code, b: Code): Code => [a, b, 0x76],
};

export const f32x4 = {
  /** A number in all four lanes. */
  constant: (value: number): Code => [...simd(0x0c), ...new Uint8Array(new Float32Array(4).fill(value).buffer)],
  load: (address: Code, offset = 0): Code => [address, ...simd(0x00), ...at(offset)],
  /** One float of memory in all four lanes. */
  loadSplat: (address: Code, offset = 0): Code => [address, ...simd(0x09), ...at(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, ...simd(0x0b), ...at(offset)],
  splat: (value: Code): Code => [value, ...simd(0x13)],
  sqrt: (a: Code): Code => [a, ...simd(0xe3)],
  add: (a: Code, b: Code): Code => [a, b, ...simd(0xe4)],
  sub: (a: Code, b: Code): Code => [a, b, ...simd(0xe5)],
  mul: (a: Code, b: Code): Code => [a, b, ...simd(0xe6)],
  div: (a: Code, b: Code): Code => [a, b, ...simd(0xe7)],
  /** a · b + c of relaxed SIMD: rounded once where the processor can, twice elsewhere. Engines may not know it. */
  relaxedMultiplyAdd: (a: Code, b: Code, c: Code): Code => [a, b, c, ...simd(0x105)],
  /** The smaller, lane by lane; `a` where it is no number, so that NaN is not hidden. One instruction on every processor. */
  smaller: (a: Code, b: Code): Code => [a, b, ...simd(0xea)],
  /** The larger, with NaN as in `smaller`. */
  larger: (a: Code, b: Code): Code => [a, b, ...simd(0xeb)],
};

export interface Local {
  get: Code;
  set(value: Code): Code;
  /** Adds to a local of type i32. */
  grow(by: Code): Code;
}

export const when = (condition: Code, body: Code): Code => [condition, IF, EMPTY, body, END];
/** Runs the body at least once, and again while `count`, taken down by one, is not zero. */
export const repeat = (count: Local, body: Code): Code => [
  LOOP,
  EMPTY,
  body,
  count.set(i32.sub(count.get, i32.constant(1))),
  count.get,
  0x0d, // br_if
  0,
  END,
];

/** Runs the body at least once, and again until the pointer has come to its end. */
export const until = (pointer: Local, end: Local, body: Code): Code => [
  LOOP,
  EMPTY,
  body,
  [pointer.get, end.get, 0x47], // i32.ne
  0x0d,
  0,
  END,
];

export interface KernelSource {
  name: string;
  parameters: ValueType[];
  /** Builds the body; `local` declares another local. The function returns nothing. */
  body(parameters: Local[], local: (type: ValueType) => Local): Code;
}

/** A module that imports its memory as `env.memory` and exports the functions by name. */
export function assemble(kernels: KernelSource[]): Uint8Array<ArrayBuffer> {
  const text = (value: string) => sized([...new TextEncoder().encode(value)]);
  const types = kernels.map(({ parameters }) => [0x60, vector(parameters.map(type => [TYPES[type]])), 0]);
  const bodies = kernels.map(({ parameters, body }) => {
    const locals: ValueType[] = [];
    const index = (type: ValueType) => local(parameters.length + locals.push(type) - 1);
    const code = body(
      parameters.map((_, i) => local(i)),
      index,
    );
    return sized([vector(locals.map(type => [1, TYPES[type]])), code, END]);
  });
  const section = (id: number, content: Code): Code => [id, sized(content)];
  const module: Code = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types)),
    section(2, vector([[text('env'), text('memory'), 0x02, 0x00, 1]])),
    section(3, vector(kernels.map((_, i) => unsigned(i)))),
    section(7, vector(kernels.map(({ name }, i) => [text(name), 0x00, ...unsigned(i)]))),
    section(10, vector(bodies)),
  ];
  return Uint8Array.from(flat(module));
}

function local(index: number): Local {
  const get: Code = [0x20, ...unsigned(index)];
  const set = (value: Code): Code => [value, 0x21, ...unsigned(index)];
  return { get, set, grow: by => set(i32.add(get, by)) };
}

function vector(items: Code[]): Code {
  return [...unsigned(items.length), items];
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [...unsigned(bytes.length), bytes];
}

function flat(code: Code): number[] {
  return code.flatMap(part => (typeof part === 'number' ? part : flat(part)));
}
