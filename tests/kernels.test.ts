// The kernels against the same arithmetic in plain loops, over sides that do and do not fill their tiles.
import { describe, expect, it } from 'vitest';
import { FUSED, PLAIN } from '../src/kernels/arithmetic';
import { type Code, f32x4 } from '../src/kernels/assembler';
import { PANEL } from '../src/kernels/kernels';
import { bestArithmetic, failing } from '../src/kernels/trial';
import { winogradWeights, winogradWindow } from '../src/kernels/winograd';
import { createWorkspace, fromPanels, toPanels, turn, whole } from '../src/kernels/workspace';
import { seededRandom } from '../src/pipeline/head/random';
import './relaxed-simd';

const ARITHMETIC = { plain: PLAIN, fused: FUSED };
const NAMES = ['plain', 'fused'] as const;

const { normal } = seededRandom(5);
const draw = (length: number) => Float32Array.from({ length }, normal);

describe.each(NAMES)('%s product', name => {
  it.each([
    [1, 1, 1, 8],
    [4, 1, 3, 16],
    [7, 9, 5, 8],
    [10, 2, 16, 8],
    [50, 3, 21, 24],
  ])('%i rows of %i taps of %i, %i columns', (rows, taps, depth, columns) => {
    const { take, takeTable, floats, kernels } = createWorkspace(ARITHMETIC[name]);
    const [held, k] = [whole(rows, kernels.tileRows), taps * depth];
    const [a, b, bias, c, residual] = [
      take(rows * k),
      take(k * columns),
      take(columns),
      take(held * columns),
      take(held * columns),
    ];
    // Rows in reverse and taps apart: the table alone says where they lie.
    const at = (row: number, tap: number) => (tap * rows + (rows - 1 - row)) * depth;
    const table = takeTable(rows, taps, (row, tap) => a.address + at(row, tap) * 4);
    const places = takeTable(rows, 1, row => row * columns * 4);
    const [x, w, shift, more] = [draw(rows * k), draw(k * columns), draw(columns), draw(rows * columns)];
    floats(a).set(x);
    toPanels(floats(b), w, k, columns);
    floats(bias).set(shift);
    floats(residual).set(more);
    const run = (added: number, floor: number, ceiling = Number.POSITIVE_INFINITY) => {
      const tiles = held / kernels.tileRows;
      kernels.product(
        table.address,
        taps,
        depth,
        b.address,
        bias.address,
        places.address,
        c.address,
        PANEL * 4,
        tiles,
        columns / PANEL,
        added,
        floor,
        ceiling,
      );
      return floats(c).slice(0, rows * columns);
    };
    const plain = Float64Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      let sum = shift[column]!;
      for (let tap = 0; tap < taps; tap++) {
        for (let d = 0; d < depth; d++) sum += x[at(row, tap) + d]! * w[(tap * depth + d) * columns + column]!;
      }
      return sum;
    });
    const close = (found: Float32Array, expected: (value: number, i: number) => number) => {
      for (const [i, value] of plain.entries()) expect(found[i]).toBeCloseTo(expected(value, i), 4);
    };
    close(run(0, Number.NEGATIVE_INFINITY), value => value);
    close(run(0, 0), value => Math.max(0, value));
    close(run(residual.address, 0), (value, i) => Math.max(0, value + more[i]!));
    close(run(residual.address, -0.5, 0.5), (value, i) => Math.min(0.5, Math.max(-0.5, value + more[i]!)));
    // What is added may lie where the result goes.
    floats(c).set(more);
    close(run(c.address, Number.NEGATIVE_INFINITY), (value, i) => value + more[i]!);
    floats(a)[at(0, 0)] = Number.NaN;
    expect(run(0, 0, 6)[0]).toBeNaN();
  });
});

describe.each(NAMES)('%s depthwise', name => {
  it.each(
    ([3, 5] as const).flatMap(side =>
      ([1, 2] as const).flatMap(stride => [1, 2, 3, 7, 8, 15, 16].map(size => [side, stride, size] as const)),
    ),
  )('%i × %i, stride %i, as SAME pads it', (side, stride, size) => {
    const { take, floats, kernels } = createWorkspace(ARITHMETIC[name]);
    const [channels, width, height] = [16, size, size + 2];
    // TensorFlow's SAME: what is missing for ⌈size / stride⌉ outputs, the odd one after.
    const missing = (length: number) => Math.max(0, (Math.ceil(length / stride) - 1) * stride + side - length);
    const [left, top] = [Math.floor(missing(width) / 2), Math.floor(missing(height) / 2)];
    const [fullWidth, fullHeight] = [width + missing(width), height + missing(height)];
    const [outWidth, outHeight] = [Math.ceil(width / stride), Math.ceil(height / stride)];
    const [x, w, shift] = [draw(height * width * channels), draw(side * side * channels), draw(channels)];
    const [input, weights, bias] = [take(fullHeight * fullWidth * channels), take(w.length), take(channels)];
    const room = 8;
    const output = take(outHeight * outWidth * channels + room);
    for (let y = 0; y < height; y++) {
      const line = x.subarray(y * width * channels, (y + 1) * width * channels);
      floats(input).set(line, ((y + top) * fullWidth + left) * channels);
    }
    toPanels(floats(weights), w, side * side, channels);
    floats(bias).set(shift);
    floats(output).fill(7);
    kernels[`depthwise${side}x${stride}`](
      input.address,
      fullWidth * channels * 4,
      channels * 4,
      PANEL * 4,
      weights.address,
      bias.address,
      output.address,
      outWidth * channels * 4,
      channels * 4,
      PANEL * 4,
      outWidth,
      outHeight,
      channels / PANEL,
      -1,
      6,
    );
    for (let i = 0; i < outHeight * outWidth * channels; i++) {
      const [c, column, row] = [i % channels, Math.floor(i / channels) % outWidth, Math.floor(i / channels / outWidth)];
      let sum = shift[c]!;
      for (let tap = 0; tap < side * side; tap++) {
        const [from, at] = [row * stride + Math.floor(tap / side) - top, column * stride + (tap % side) - left];
        if (from < 0 || at < 0 || from >= height || at >= width) continue;
        sum += w[tap * channels + c]! * x[(from * width + at) * channels + c]!;
      }
      expect(floats(output)[i]).toBeCloseTo(Math.min(6, Math.max(-1, sum)), 4);
    }
    expect([...floats(output).subarray(-room)]).toEqual(Array(room).fill(7));
  });
});

it.each(([2, 4] as const).flatMap(side => [[side, 1, 4, 8] as const, [side, 5, 8, 16] as const]))(
  "Winograd's way gives what a convolution of 3 × 3 gives: tiles of %i, %i of them, %i channels to %i",
  (side, tiles, channels, outputs) => {
    const { take, floats, ints, kernels } = createWorkspace(PLAIN);
    const window = winogradWindow(side);
    const [planes, corners] = [window ** 2, side ** 2];
    const [x, w, shift] = [draw(tiles * planes * channels), draw(9 * channels * outputs), draw(outputs)];
    const [input, spread, pixels] = [take(x.length), take(planes * tiles * channels), take(tiles * planes)];
    const [products, bias, places] = [take(planes * tiles * outputs), take(outputs), take(tiles * corners)];
    const output = take(tiles * corners * outputs);
    floats(input).set(x);
    floats(bias).set(shift);
    // Tiles in reverse: the tables alone say where pixels lie.
    const reverse = (length: number, address: number, bytes: number) =>
      Array.from({ length }, (_, i) => address + (length - 1 - i) * bytes);
    ints(pixels).set(reverse(tiles * planes, input.address, channels * 4));
    ints(places).set(reverse(tiles * corners, output.address, outputs * 4));
    kernels[`winogradInput${side}`](pixels.address, channels, spread.address, tiles * channels * 4, tiles);
    const weights = winogradWeights(w, side);
    for (let plane = 0; plane < planes; plane++) {
      for (let tile = 0; tile < tiles; tile++) {
        for (let o = 0; o < outputs; o++) {
          let sum = 0;
          for (let c = 0; c < channels; c++) {
            const factor = weights[(plane * channels + c) * outputs + o]!;
            sum += floats(spread)[(plane * tiles + tile) * channels + c]! * factor;
          }
          floats(products)[(plane * tiles + tile) * outputs + o] = sum;
        }
      }
    }
    const [from, planeBytes] = [products.address, tiles * outputs * 4];
    kernels[`winogradOutput${side}`](from, planeBytes, outputs, bias.address, places.address, tiles, -1, 6);
    for (let i = 0; i < tiles * corners * outputs; i++) {
      const [o, corner, tile] = [i % outputs, Math.floor(i / outputs) % corners, Math.floor(i / outputs / corners)];
      let sum = shift[o]!;
      for (let tap = 0; tap < 9; tap++) {
        const [y, column] = [Math.floor(corner / side) + Math.floor(tap / 3), (corner % side) + (tap % 3)];
        const pixel = tiles * planes - 1 - (tile * planes + y * window + column);
        for (let c = 0; c < channels; c++) sum += x[pixel * channels + c]! * w[(tap * channels + c) * outputs + o]!;
      }
      const found = floats(output)[(tiles * corners - 1 - (tile * corners + corner)) * outputs + o];
      expect(found).toBeCloseTo(Math.min(6, Math.max(-1, sum)), 4);
    }
  },
);

describe('the trial', () => {
  it('lets fused kernels pass that answer as the plain ones, and the plain ones only where they are asked to fuse', () => {
    expect(failing(FUSED)).toBeUndefined();
    expect(bestArithmetic()).toEqual({ arithmetic: FUSED, name: 'fused' });
    expect(failing(PLAIN)).toBe('not fused');
  });

  it.each([
    ['the sum is lost', f32x4.mul],
    ['it is subtracted', (a: Code, b: Code, sum: Code) => f32x4.sub(f32x4.mul(a, b), sum)],
    ['a factor is lost', (a: Code, _b: Code, sum: Code) => f32x4.add(a, sum)],
    ['there are no numbers', (a: Code, _b: Code, _sum: Code) => f32x4.div(f32x4.sub(a, a), f32x4.sub(a, a))],
  ])('refuses an instruction by which %s', (_, multiplyAdd) => {
    expect(failing({ multiplyAdd, tileRows: 6, steps: 2 })).toBe('wrong');
  });

  it('refuses what the engine does not know', () => {
    // An operation number that nothing has.
    expect(failing({ multiplyAdd: (a, b, c) => [a, b, c, 0xfd, 0xff, 0x7f], tileRows: 6, steps: 2 })).toBe(
      'unsupported',
    );
  });
});

it('largest takes the largest neighbour, channel by channel', () => {
  const { take, floats, ints, kernels } = createWorkspace(PLAIN);
  const [values, table, out] = [take(5 * 8), take(3 * 2), take(3 * 8)];
  floats(values).set(draw(40));
  const pairs = [0, 1, 3, 2, 4, 4];
  ints(table).set(pairs.map(row => values.address + row * 32));
  kernels.largest(table.address, 2, 8, out.address, 3);
  const v = floats(values);
  for (let i = 0; i < 24; i++) {
    const [a, b] = pairs.slice(Math.floor(i / 8) * 2).map(row => v[row * 8 + (i % 8)]!);
    expect(floats(out)[i]).toBe(Math.max(a!, b!));
  }
});

it('adam moves weights as its formula says', () => {
  const { take, floats, kernels } = createWorkspace(PLAIN);
  const pieces = [0, 1, 2, 3].map(() => take(12));
  const [w, m, v, g] = pieces.map(floats) as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (const array of [w, m, g]) array.set(draw(12));
  v.set(draw(12).map(Math.abs));
  const before = [w, m, v].map(array => array.slice()) as [Float32Array, Float32Array, Float32Array];
  const [a, b, c, d] = pieces.map(({ address }) => address) as [number, number, number, number];
  // Only the first eight of twelve.
  kernels.adam(a, b, c, d, 8, 0.9, 0.999, 0.01, 0.1);
  for (let i = 0; i < 12; i++) {
    const [first, second] = [0.9 * before[1][i]! + g[i]!, 0.999 * before[2][i]! + g[i]! ** 2];
    const moved = before[0][i]! - (0.01 * first) / (Math.sqrt(second) + 0.1);
    expect(w[i]).toBeCloseTo(i < 8 ? moved : before[0][i]!, 6);
    expect(m[i]).toBeCloseTo(i < 8 ? first : before[1][i]!, 6);
    expect(v[i]).toBeCloseTo(i < 8 ? second : before[2][i]!, 6);
  }
});

it('panels give back what they took, and a turned matrix turns back', () => {
  const values = draw(5 * 11);
  const panels = new Float32Array(2 * PANEL * 8);
  toPanels(panels, values, 5, 11, 8);
  expect(fromPanels(panels, 5, 11, 8)).toEqual(values);
  const turned = new Float32Array(11 * 8);
  turn(turned, values, 5, 11, 8);
  expect(turned[3 * 8 + 2]).toBe(values[2 * 11 + 3]);
});
