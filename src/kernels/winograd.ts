// The ways into and out of Winograd's F(m×m, 3×3): (m + 2)² products for m × m pixels, where a convolution of 3×3 has 9m².
import { type Code, f32x4, i32, type KernelSource, type Local, repeat } from './assembler';
import { clamped, type Locals, many } from './locals';

const VECTOR = i32.constant(16);

type Matrix = readonly (readonly number[])[];

/** Pixels along a side of a tile of the output. */
export type WinogradSide = 2 | 4;

/**
 * Bᵀ, G and Aᵀ of each size, from the points 0, ±1, ∞ and 0, ±1, ±2, ∞ (Lavin & Gray 2015, arXiv 1509.09308, sections 4.1
 * and 4.2). A tile of 4×4 multiplies 2.25 times an output where one of 2×2 does 4 times, and its weights take 36 values
 * instead of 16; larger ones would lose too many digits.
 */
const MATRICES: Record<WinogradSide, Record<'into' | 'weights' | 'out', Matrix>> = {
  2: {
    into: [
      [1, 0, -1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, 1, 0, -1],
    ],
    weights: [
      [1, 0, 0],
      [1 / 2, 1 / 2, 1 / 2],
      [1 / 2, -1 / 2, 1 / 2],
      [0, 0, 1],
    ],
    out: [
      [1, 1, 1, 0],
      [0, 1, -1, -1],
    ],
  },
  4: {
    into: [
      [4, 0, -5, 0, 1, 0],
      [0, -4, -4, 1, 1, 0],
      [0, 4, -4, -1, 1, 0],
      [0, -2, -1, 2, 1, 0],
      [0, 2, -1, -2, 1, 0],
      [0, 4, 0, -5, 0, 1],
    ],
    weights: [
      [1 / 4, 0, 0],
      [-1 / 6, -1 / 6, -1 / 6],
      [-1 / 6, 1 / 6, -1 / 6],
      [1 / 24, 1 / 12, 1 / 6],
      [1 / 24, -1 / 12, 1 / 6],
      [0, 0, 1],
    ],
    out: [
      [1, 1, 1, 1, 1, 0],
      [0, 1, -1, 2, -2, 0],
      [0, 1, 1, 4, 4, 0],
      [0, 1, -1, 8, -8, 1],
    ],
  },
};

/** Values along a side of what a tile of the output is made of: 4 or 6, whose squares are pixels read and planes. */
export function winogradWindow(side: WinogradSide): number {
  return side + 2;
}

/** Bᵀ·d·B of each window d of pixels, which overlap by two. */
export const winogradInput = (side: WinogradSide): KernelSource => ({
  name: `winogradInput${side}`,
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32'],
  body(parameters, local) {
    const [table, channels, out, planeBytes, tiles] = parameters as Locals<5>;
    const [four, to] = many(2, () => local('i32')) as Locals<2>;
    const { into } = MATRICES[side];
    const window = winogradWindow(side);
    const pixels = many(window ** 2, () => local('i32'));
    const column = many(window, () => local('v128'));
    const half = many(window, () => many(window, () => local('v128')));
    const { hold, times } = factorsOf(into, local);
    return [
      hold,
      repeat(tiles, [
        pixels.map((pixel, i) => pixel.set(i32.load(table.get, i * 4))),
        four.set(i32.shiftRight(channels.get, i32.constant(2))),
        repeat(four, [
          many(window, x => [
            column.map((value, y) => value.set(f32x4.load(pixels[y * window + x]!.get))),
            times(column).map((value, y) => half[y]![x]!.set(value)),
          ]),
          to.set(out.get),
          half.map(row => times(row).map(value => [f32x4.store(to.get, value), to.grow(planeBytes.get)])),
          [...pixels, out].map(pointer => pointer.grow(VECTOR)),
        ]),
        table.grow(i32.constant(window ** 2 * 4)),
      ]),
    ];
  },
});

/** Aᵀ·m·A + bias of each window m of products. */
export const winogradOutput = (side: WinogradSide): KernelSource => ({
  name: `winogradOutput${side}`,
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32'],
  body(parameters, local) {
    const [m, planeBytes, channels, bias, places, tiles, ...bounds] = parameters as Locals<8>;
    const [four, from, shift] = many(3, () => local('i32')) as Locals<3>;
    const [low, high, result] = many(3, () => local('v128')) as Locals<3>;
    const { out } = MATRICES[side];
    const window = winogradWindow(side);
    const pixels = many(side ** 2, () => local('i32'));
    const column = many(window, () => local('v128'));
    const half = many(side, () => many(window, () => local('v128')));
    const { hold, times } = factorsOf(out, local);
    return [
      hold,
      [low, high].map((bound, i) => bound.set(f32x4.splat(bounds[i]!.get))),
      repeat(tiles, [
        pixels.map((pixel, i) => pixel.set(i32.load(places.get, i * 4))),
        shift.set(bias.get),
        four.set(i32.shiftRight(channels.get, i32.constant(2))),
        repeat(four, [
          many(window, x => [
            from.set(i32.add(m.get, i32.mul(planeBytes.get, i32.constant(x)))),
            column.map(value => [
              value.set(f32x4.load(from.get)),
              from.grow(i32.mul(planeBytes.get, i32.constant(window))),
            ]),
            times(column).map((value, y) => half[y]![x]!.set(value)),
          ]),
          half.map((row, y) =>
            times(row).map((value, x) => [
              result.set(f32x4.add(value, f32x4.load(shift.get))),
              f32x4.store(pixels[y * side + x]!.get, clamped(result, low, high)),
            ]),
          ),
          [...pixels, m, shift].map(pointer => pointer.grow(VECTOR)),
        ]),
        places.grow(i32.constant(side ** 2 * 4)),
      ]),
    ];
  },
});

/** How a kernel multiplies by a matrix: `hold` keeps its factors at hand, `times` are its rows by a vector of values. */
function factorsOf(matrix: Matrix, local: (type: 'v128') => Local) {
  const factors = [...new Set(matrix.flat().map(Math.abs))].filter(factor => factor > 1);
  const held = new Map(factors.map(factor => [factor, local('v128')]));
  const scaled = (factor: number, value: Local): Code => {
    const by = held.get(Math.abs(factor));
    return by ? f32x4.mul(value.get, by.get) : value.get;
  };
  const times = (values: Local[]): Code[] =>
    matrix.map(row => {
      const terms = row.map((factor, i) => ({ factor, value: values[i]! }));
      const plus = terms.filter(({ factor }) => factor > 0).map(({ factor, value }) => scaled(factor, value));
      const minus = terms.filter(({ factor }) => factor < 0).map(({ factor, value }) => scaled(factor, value));
      return minus.reduce(f32x4.sub, plus.reduce(f32x4.add));
    });
  return { hold: [...held].map(([factor, by]) => by.set(f32x4.constant(factor))), times };
}

/** G·g·Gᵀ of the 3×3 kernels [9 × values]: the factors of the products, [16 or 36 × values]. */
export function winogradWeights(kernel: Float32Array, side: WinogradSide): Float32Array {
  const { weights: matrix } = MATRICES[side];
  const [window, values] = [winogradWindow(side), kernel.length / 9];
  const weights = new Float32Array(window ** 2 * values);
  const sums = new Float64Array(values);
  for (let place = 0; place < window ** 2; place++) {
    const [rows, columns] = [matrix[Math.floor(place / window)]!, matrix[place % window]!];
    sums.fill(0);
    for (let tap = 0; tap < 9; tap++) {
      const factor = rows[Math.floor(tap / 3)]! * columns[tap % 3]!;
      if (factor === 0) continue;
      const from = tap * values;
      for (let i = 0; i < values; i++) sums[i]! += factor * kernel[from + i]!;
    }
    weights.set(sums, place * values);
  }
  return weights;
}
