// Convolution of each channel with a small window of its own, some neighbours of a row at a time.
import type { Arithmetic } from './arithmetic';
import { type Code, f32x4, i32, type KernelSource, type Local, repeat, when } from './assembler';
import { clamped, type Locals, many } from './locals';
import { PANEL } from './product';

/** Sums held in registers beside the weights of one row of the window. Sides of 7 · 2ⁿ are whole tiles. */
const TILE_WIDTH = 7;
const VECTOR = 16;

export type WindowSide = 3 | 5;
export type WindowStride = 1 | 2;

/** The kernel for windows of `side` × `side`, `stride` apart; what it is given stands with `Kernels`. */
export function depthwise(side: WindowSide, stride: WindowStride, { multiplyAdd }: Arithmetic): KernelSource {
  return {
    name: `depthwise${side}x${stride}`,
    parameters: [...many(13, () => 'i32' as const), 'f32', 'f32'],
    body(parameters, local) {
      const [input, rowIn, pixelIn, panelIn, weights, bias, output, rowOut, pixelOut, panelOut, width, height, panels] =
        parameters as Locals<15>;
      const [low, high, value] = many(3, () => local('v128')) as Locals<3>;
      const [y, x, lineIn, lineOut, tileIn, tileOut] = many(6, () => local('i32')) as Locals<6>;
      const [row, line, from, to, factor] = many(5, () => local('i32')) as Locals<5>;
      const factors = many(side, () => local('v128'));
      const all = many(TILE_WIDTH, () => local('v128'));

      /** Sums of neighbours, for half of a panel's channels. */
      const half = (sums: Local[], offset: number): Code => [
        sums.map(sum => sum.set(f32x4.load(bias.get, offset))),
        [line.set(tileIn.get), factor.set(weights.get), row.set(i32.constant(side))],
        repeat(row, [
          factors.map((held, dx) => held.set(f32x4.load(factor.get, dx * PANEL * 4 + offset))),
          from.set(line.get),
          many((sums.length - 1) * stride + side, column => [
            value.set(f32x4.load(from.get, offset)),
            from.grow(pixelIn.get),
            sums.map((sum, i) => {
              const held = factors[column - i * stride];
              return held ? sum.set(multiplyAdd(value.get, held.get, sum.get)) : [];
            }),
          ]),
          line.grow(rowIn.get),
          factor.grow(i32.constant(side * PANEL * 4)),
        ]),
        to.set(tileOut.get),
        sums.map(sum => [f32x4.store(to.get, clamped(sum, low, high), offset), to.grow(pixelOut.get)]),
      ];
      /** `count` tiles, if any, of so many neighbours each. */
      const tiles = (count: Code, sums: Local[]): Code => [
        x.set(count),
        when(
          x.get,
          repeat(x, [
            [half(sums, 0), half(sums, VECTOR)],
            tileIn.grow(i32.mul(pixelIn.get, i32.constant(sums.length * stride))),
            tileOut.set(to.get),
          ]),
        ),
      ];

      return [
        [low, high].map((bound, i) => bound.set(f32x4.splat(parameters[13 + i]!.get))),
        repeat(panels, [
          [lineIn.set(input.get), lineOut.set(output.get), y.set(height.get)],
          repeat(y, [
            [tileIn.set(lineIn.get), tileOut.set(lineOut.get)],
            tiles(i32.quotient(width.get, i32.constant(TILE_WIDTH)), all),
            tiles(i32.remainder(width.get, i32.constant(TILE_WIDTH)), all.slice(0, 1)),
            lineIn.grow(i32.mul(rowIn.get, i32.constant(stride))),
            lineOut.grow(rowOut.get),
          ]),
          [input.grow(panelIn.get), output.grow(panelOut.get)],
          weights.grow(i32.constant(side * side * PANEL * 4)),
          bias.grow(i32.constant(PANEL * 4)),
        ]),
      ];
    },
  };
}
