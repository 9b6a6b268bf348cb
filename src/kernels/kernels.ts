// The arithmetic that takes the time, in WebAssembly: products of matrices, largest neighbours, Adam.
import { assemble, type Code, f32x4, i32, type KernelSource, type Local, repeat, until, when } from './assembler';

/** Rows and columns of the tile whose sums stay in registers: eight of them, which leaves room in the sixteen of x86. */
export const TILE_ROWS = 4;
export const PANEL = 8;
const FLOAT = 4;

/** Addresses are bytes in the kernels' memory; counts are of what they name. */
export interface Kernels {
  /**
   * C = max(floor, A·B + bias + residual), tile by tile. A is anywhere: `table` lists for each tile of 4 rows, for each
   * of `taps`, the addresses of the 4 rows' next `depth` floats, so that a convolution is a product whose rows lie about.
   * B stands in panels of 8 columns, each [taps·depth × 8]; bias has 8 floats a panel. Rows of C lie `rowBytes` apart,
   * panels `panelBytes`; the residual, if not 0, lies as C does and may be C.
   */
  product(
    table: number,
    taps: number,
    depth: number,
    b: number,
    bias: number,
    c: number,
    rowBytes: number,
    panelBytes: number,
    tiles: number,
    panels: number,
    residual: number,
    floor: number,
  ): void;
  /** The largest of `taps` vectors of `channels` (a multiple of 4), for each of `positions`; their addresses in `table`. */
  largest(table: number, taps: number, channels: number, out: number, positions: number): void;
  /**
   * m = β₁m + g, v = β₂v + g², w −= rate·m / (√v + ε) over `count` floats, a multiple of 4: the moments of Kingma & Ba
   * 2014 without their factors (1 − β), which belong into rate and ε.
   */
  adam(
    w: number,
    m: number,
    v: number,
    g: number,
    count: number,
    beta1: number,
    beta2: number,
    rate: number,
    epsilon: number,
  ): void;
}

const product: KernelSource = {
  name: 'product',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'f32'],
  body(parameters, local) {
    const [table, taps, depth, b, bias, c, rowBytes, panelBytes, tiles, panels, residual, floor] =
      parameters as Locals<12>;
    const [next, factor, end, depthBytes, tile, tap, target] = many(7, () => local('i32')) as Locals<7>;
    const rows = many(TILE_ROWS, () => local('i32'));
    const sums = many(TILE_ROWS, () => [local('v128'), local('v128')] as const);
    const [b0, b1, a] = many(3, () => local('v128')) as Locals<3>;

    // One step of the depth in each turn of the loop: given several, V8 loads for all of them first, runs out of
    // registers, and is a third slower.
    const multiply: Code = [
      b0.set(f32x4.load(factor.get)),
      b1.set(f32x4.load(factor.get, 16)),
      rows.map((row, i): Code => {
        const [left, right] = sums[i]!;
        return [
          a.set(f32x4.loadSplat(row.get)),
          left.set(f32x4.add(left.get, f32x4.mul(a.get, b0.get))),
          right.set(f32x4.add(right.get, f32x4.mul(a.get, b1.get))),
          row.grow(i32.constant(FLOAT)),
        ];
      }),
      factor.grow(i32.constant(PANEL * FLOAT)),
    ];
    const store = (row: Local): Code =>
      sums[rows.indexOf(row)]!.map((sum, half) =>
        f32x4.store(row.get, f32x4.larger(sum.get, f32x4.splat(floor.get)), half * 16),
      );

    return [
      depthBytes.set(i32.mul(depth.get, i32.constant(PANEL * FLOAT))),
      repeat(panels, [
        [next.set(table.get), target.set(c.get), tile.set(tiles.get)],
        repeat(tile, [
          sums.map(pair => pair.map((sum, half) => sum.set(f32x4.load(bias.get, half * 16)))),
          factor.set(b.get),
          tap.set(taps.get),
          repeat(tap, [
            rows.map((row, i) => row.set(i32.load(next.get, i * FLOAT))),
            next.grow(i32.constant(TILE_ROWS * FLOAT)),
            end.set(i32.add(factor.get, depthBytes.get)),
            until(factor, end, multiply),
          ]),
          rows.map((row, i) => row.set(i === 0 ? target.get : i32.add(rows[i - 1]!.get, rowBytes.get))),
          when(
            residual.get,
            rows.map((row, i) =>
              sums[i]!.map((sum, half) =>
                sum.set(f32x4.add(sum.get, f32x4.load(i32.add(residual.get, i32.sub(row.get, c.get)), half * 16))),
              ),
            ),
          ),
          rows.map(store),
          target.grow(i32.mul(rowBytes.get, i32.constant(TILE_ROWS))),
        ]),
        b.grow(i32.mul(taps.get, depthBytes.get)),
        bias.grow(i32.constant(PANEL * FLOAT)),
        c.grow(panelBytes.get),
        when(residual.get, residual.grow(panelBytes.get)),
      ]),
    ];
  },
};

const largest: KernelSource = {
  name: 'largest',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32'],
  body(parameters, local) {
    const [table, taps, channels, out, positions] = parameters as Locals<5>;
    const [from, tap, offset, four] = many(4, () => local('i32')) as Locals<4>;
    const best = local('v128');
    const value = () => f32x4.load(i32.add(i32.load(from.get), offset.get));
    return repeat(positions, [
      offset.set(i32.constant(0)),
      four.set(i32.shiftRight(channels.get, i32.constant(2))),
      repeat(four, [
        from.set(table.get),
        tap.set(taps.get),
        best.set(value()),
        repeat(tap, [best.set(f32x4.larger(best.get, value())), from.grow(i32.constant(FLOAT))]),
        f32x4.store(out.get, best.get),
        out.grow(i32.constant(16)),
        offset.grow(i32.constant(16)),
      ]),
      table.grow(i32.mul(taps.get, i32.constant(FLOAT))),
    ]);
  },
};

const adam: KernelSource = {
  name: 'adam',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32', 'f32', 'f32'],
  body(parameters, local) {
    const [w, m, v, g, count, ...numbers] = parameters as Locals<9>;
    const [gradient, first, second] = many(3, () => local('v128')) as Locals<3>;
    const spread = numbers.map(number => [number, local('v128')] as const);
    const [beta1, beta2, rate, epsilon] = spread.map(([, vector]) => vector) as Locals<4>;
    return [
      spread.map(([number, vector]) => vector.set(f32x4.splat(number.get))),
      count.set(i32.shiftRight(count.get, i32.constant(2))),
      repeat(count, [
        gradient.set(f32x4.load(g.get)),
        first.set(f32x4.add(f32x4.mul(f32x4.load(m.get), beta1.get), gradient.get)),
        second.set(f32x4.add(f32x4.mul(f32x4.load(v.get), beta2.get), f32x4.mul(gradient.get, gradient.get))),
        f32x4.store(m.get, first.get),
        f32x4.store(v.get, second.get),
        f32x4.store(
          w.get,
          f32x4.sub(
            f32x4.load(w.get),
            f32x4.div(f32x4.mul(first.get, rate.get), f32x4.add(f32x4.sqrt(second.get), epsilon.get)),
          ),
        ),
        [w, m, v, g].map(pointer => pointer.grow(i32.constant(16))),
      ]),
    ];
  },
};

type Locals<Count extends number, Found extends Local[] = []> = Found['length'] extends Count
  ? Found
  : Locals<Count, [...Found, Local]>;

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on this memory. Compiled once: a millisecond's work. */
export function kernelsOn(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(assemble([product, largest, adam]));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}
