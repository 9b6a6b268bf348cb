// The ways into and out of Winograd's F(2×2, 3×3), which multiplies 16 times where a convolution of 3×3 does 36 times.
import { type Code, f32x4, i32, type KernelSource, type Local, repeat } from './assembler';
import { clamped, type Locals, many } from './locals';

const { add, sub } = f32x4;
const VECTOR = i32.constant(16);

/** Bᵀ·d·B of each tile d of 4×4 pixels, overlapping by two (Lavin & Gray 2015, arXiv 1509.09308, section 4.1). */
export const winogradInput: KernelSource = {
  name: 'winogradInput',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32'],
  body(parameters, local) {
    const [table, channels, out, planeBytes, tiles] = parameters as Locals<5>;
    const [four, to] = many(2, () => local('i32')) as Locals<2>;
    const pixels = many(16, () => local('i32'));
    const column = many(4, () => local('v128'));
    const half = many(4, () => many(4, () => local('v128')));
    return repeat(tiles, [
      pixels.map((pixel, i) => pixel.set(i32.load(table.get, i * 4))),
      four.set(i32.shiftRight(channels.get, i32.constant(2))),
      repeat(four, [
        many(4, x => [
          column.map((value, y) => value.set(f32x4.load(pixels[y * 4 + x]!.get))),
          spread(column).map((value, y) => half[y]![x]!.set(value)),
        ]),
        to.set(out.get),
        half.map(row => spread(row).map(value => [f32x4.store(to.get, value), to.grow(planeBytes.get)])),
        [...pixels, out].map(pointer => pointer.grow(VECTOR)),
      ]),
      table.grow(i32.constant(64)),
    ]);
  },
};

/** Aᵀ·m·A + bias of each product m of 4×4 values: 2×2 pixels. */
export const winogradOutput: KernelSource = {
  name: 'winogradOutput',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32'],
  body(parameters, local) {
    const [m, planeBytes, channels, bias, places, tiles, ...bounds] = parameters as Locals<8>;
    const [four, from, shift] = many(3, () => local('i32')) as Locals<3>;
    const [low, high, result] = many(3, () => local('v128')) as Locals<3>;
    const pixels = many(4, () => local('i32'));
    const column = many(4, () => local('v128'));
    const half = many(2, () => many(4, () => local('v128')));
    return [
      [low, high].map((bound, i) => bound.set(f32x4.splat(bounds[i]!.get))),
      repeat(tiles, [
        pixels.map((pixel, i) => pixel.set(i32.load(places.get, i * 4))),
        shift.set(bias.get),
        four.set(i32.shiftRight(channels.get, i32.constant(2))),
        repeat(four, [
          many(4, x => [
            from.set(i32.add(m.get, i32.mul(planeBytes.get, i32.constant(x)))),
            column.map(value => [value.set(f32x4.load(from.get)), from.grow(i32.mul(planeBytes.get, i32.constant(4)))]),
            gathered(column).map((value, y) => half[y]![x]!.set(value)),
          ]),
          half.map((row, y) =>
            gathered(row).map((value, x) => [
              result.set(add(value, f32x4.load(shift.get))),
              f32x4.store(pixels[y * 2 + x]!.get, clamped(result, low, high)),
            ]),
          ),
          [...pixels, m, shift].map(pointer => pointer.grow(VECTOR)),
        ]),
        places.grow(VECTOR),
      ]),
    ];
  },
};

/** Bᵀ of four values. */
function spread(values: Local[]): Code[] {
  const [a, b, c, d] = values.map(({ get }) => get) as [Code, Code, Code, Code];
  return [sub(a, c), add(b, c), sub(c, b), sub(b, d)];
}

/** Aᵀ of four values. */
function gathered(values: Local[]): Code[] {
  const [a, b, c, d] = values.map(({ get }) => get) as [Code, Code, Code, Code];
  return [add(add(a, b), c), sub(sub(b, c), d)];
}

const G = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];

/** G·g·Gᵀ of the 3×3 kernels [9 × values]: the factors of the products, [16 × values]. */
export function winogradWeights(kernel: Float32Array): Float32Array {
  const values = kernel.length / 9;
  const weights = new Float32Array(16 * values);
  for (let place = 0; place < 16; place++) {
    const [rows, columns] = [G[Math.floor(place / 4)]!, G[place % 4]!];
    const target = weights.subarray(place * values, (place + 1) * values);
    for (let tap = 0; tap < 9; tap++) {
      const factor = rows[Math.floor(tap / 3)]! * columns[tap % 3]!;
      if (factor === 0) continue;
      const from = tap * values;
      for (let i = 0; i < values; i++) target[i]! += factor * kernel[from + i]!;
    }
  }
  return weights;
}
