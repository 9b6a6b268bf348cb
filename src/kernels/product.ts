// The product of matrices all else is made of, a tile of sums in registers at a time.
import type { Arithmetic } from './arithmetic';
import { type Code, f32x4, i32, type KernelSource, type Local, repeat, until, when } from './assembler';
import { clamped, type Locals, many } from './locals';

/** Columns of a tile of sums. */
export const PANEL = 8;
const FLOAT = 4;

export const product = ({ multiplyAdd, tileRows, steps }: Arithmetic): KernelSource => ({
  name: 'product',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32'],
  body(parameters, local) {
    const [table, taps, depth, b, bias, places, c, panelBytes, tiles, panels, residual, ...bounds] =
      parameters as Locals<13>;
    const [next, factor, end, tile, tap, place] = many(6, () => local('i32')) as Locals<6>;
    const [wholeBytes, restBytes] = many(2, () => local('i32')) as Locals<2>;
    const rows = many(tileRows, () => local('i32'));
    const sums = many(tileRows, () => [local('v128'), local('v128')] as const);
    const [low, high] = many(2, () => local('v128')) as Locals<2>;
    const [b0, b1, a] = many(3, () => local('v128')) as Locals<3>;

    /** So many steps of the depth: pointers move once for all of them. */
    const multiply = (count: number): Code => [
      many(count, step => [
        b0.set(f32x4.load(factor.get, step * PANEL * FLOAT)),
        b1.set(f32x4.load(factor.get, step * PANEL * FLOAT + 16)),
        rows.map((row, i): Code => {
          const [left, right] = sums[i]!;
          return [
            a.set(f32x4.loadSplat(row.get, step * FLOAT)),
            left.set(multiplyAdd(a.get, b0.get, left.get)),
            right.set(multiplyAdd(a.get, b1.get, right.get)),
          ];
        }),
      ]),
      rows.map(row => row.grow(i32.constant(count * FLOAT))),
      factor.grow(i32.constant(count * PANEL * FLOAT)),
    ];
    const store = (row: Local): Code =>
      sums[rows.indexOf(row)]!.map((sum, half) => f32x4.store(row.get, clamped(sum, low, high), half * 16));

    return [
      [low, high].map((bound, i) => bound.set(f32x4.splat(bounds[i]!.get))),
      restBytes.set(i32.mul(i32.remainder(depth.get, i32.constant(steps)), i32.constant(PANEL * FLOAT))),
      wholeBytes.set(i32.sub(i32.mul(depth.get, i32.constant(PANEL * FLOAT)), restBytes.get)),
      repeat(panels, [
        [next.set(table.get), place.set(places.get), tile.set(tiles.get)],
        repeat(tile, [
          sums.map(pair => pair.map((sum, half) => sum.set(f32x4.load(bias.get, half * 16)))),
          factor.set(b.get),
          tap.set(taps.get),
          repeat(tap, [
            rows.map((row, i) => row.set(i32.load(next.get, i * FLOAT))),
            next.grow(i32.constant(tileRows * FLOAT)),
            end.set(i32.add(factor.get, wholeBytes.get)),
            when(wholeBytes.get, until(factor, end, multiply(steps))),
            end.set(i32.add(factor.get, restBytes.get)),
            when(restBytes.get, until(factor, end, multiply(1))),
          ]),
          rows.map((row, i) => row.set(i32.add(c.get, i32.load(place.get, i * FLOAT)))),
          when(
            residual.get,
            rows.map((row, i) =>
              sums[i]!.map((sum, half) =>
                sum.set(f32x4.add(sum.get, f32x4.load(i32.add(residual.get, i32.sub(row.get, c.get)), half * 16))),
              ),
            ),
          ),
          rows.map(store),
          place.grow(i32.constant(tileRows * FLOAT)),
        ]),
        b.grow(i32.mul(taps.get, i32.add(wholeBytes.get, restBytes.get))),
        bias.grow(i32.constant(PANEL * FLOAT)),
        c.grow(panelBytes.get),
        when(residual.get, residual.grow(panelBytes.get)),
      ]),
    ];
  },
});
