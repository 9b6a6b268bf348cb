// Whether the fused kernels may be used here: not because the engine says so, but because they answered as the plain ones do.
import { type Arithmetic, FUSED, PLAIN } from './arithmetic';
import { kernelBytes, PANEL } from './kernels';
import { createWorkspace } from './workspace';

/** Why the plain kernels are used: the engine doesn't know the instruction, rounds twice all the same, or sums wrongly. */
export type Failing = 'unsupported' | 'not fused' | 'wrong';

interface Choice {
  arithmetic: Arithmetic;
  name: 'fused' | 'plain';
  refused?: Failing;
}

/** Sums of a trial are of the order of 1 and have at most 26 terms. */
const TOLERANCE = 1e-5;
/** Some tiles of either arithmetic. */
const ROWS = 12;
/** A whole turn of the product's loop and some steps more. */
const [TAPS, DEPTH, COLUMNS] = [2, 13, 16];
/** A whole tile of neighbours and one more, in two lines, and what the largest window at the larger stride reads for them. */
const [WIDTH, HEIGHT] = [8, 2];
const [WIDTH_IN, HEIGHT_IN] = [WIDTH * 2 + 3, HEIGHT * 2 + 3];

let best: Choice | undefined;

/** Tried once in each thread, in about a millisecond. */
export function bestArithmetic(): Choice {
  if (!best) {
    const refused = failing(FUSED);
    best = refused ? { arithmetic: PLAIN, name: 'plain', refused } : { arithmetic: FUSED, name: 'fused' };
  }
  return best;
}

/** What speaks against an arithmetic; undefined if nothing does. */
export function failing(arithmetic: Arithmetic): Failing | undefined {
  if (!WebAssembly.validate(kernelBytes(arithmetic))) return 'unsupported';
  const [found, expected] = [sums(arithmetic), sums(PLAIN)];
  const close = found.every((value, i) => Math.abs(value - expected[i]!) <= TOLERANCE * (1 + Math.abs(expected[i]!)));
  if (!close) return 'wrong';
  return roundsOnce(arithmetic) ? undefined : 'not fused';
}

/** What every kernel that multiplies and adds makes of fixed numbers. */
function sums(arithmetic: Arithmetic): number[] {
  const { kernels, floats, take, takeTable } = createWorkspace(arithmetic);
  const depth = TAPS * DEPTH;
  const [a, b, bias, c] = [take(ROWS * depth), take(depth * COLUMNS), take(COLUMNS), take(ROWS * COLUMNS)];
  const rows = takeTable(ROWS, TAPS, (row, tap) => a.address + (row * depth + tap * DEPTH) * 4);
  const places = takeTable(ROWS, 1, row => row * COLUMNS * 4);
  const [input, weights] = [take(HEIGHT_IN * WIDTH_IN * PANEL), take(25 * PANEL)];
  const output = take(HEIGHT * WIDTH * PANEL);
  for (const piece of [a, b, bias, c, input, weights]) fill(floats(piece));

  const tiles = Math.ceil(ROWS / kernels.tileRows);
  const ends = [PANEL * 4, tiles, COLUMNS / PANEL, c.address, -2, 2] as const;
  kernels.product(rows.address, TAPS, DEPTH, b.address, bias.address, places.address, c.address, ...ends);
  const found = [...floats(c)];
  const [pixel, lineIn, lineOut] = [PANEL * 4, WIDTH_IN * PANEL * 4, WIDTH * PANEL * 4];
  const from = [input.address, lineIn, pixel, 0, weights.address, bias.address] as const;
  for (const side of [3, 5] as const) {
    for (const stride of [1, 2] as const) {
      kernels[`depthwise${side}x${stride}`](...from, output.address, lineOut, pixel, 0, WIDTH, HEIGHT, 1, -2, 2);
      found.push(...floats(output));
    }
  }
  return found;
}

/** Numbers from −1 to 1 in no order, the same everywhere. */
function fill(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = ((i * 7919) % 1009) / 504 - 1;
}

/** (1 + 2⁻¹²)² − (1 + 2⁻¹¹) is 2⁻²⁴, which is lost where the product is rounded first. */
function roundsOnce(arithmetic: Arithmetic): boolean {
  const { kernels, floats, take, takeTable } = createWorkspace(arithmetic);
  const [a, bias, c] = [take(PANEL), take(PANEL), take(PANEL)];
  const [rows, places] = [takeTable(1, 1, () => a.address), takeTable(1, 1, () => 0)];
  floats(a).fill(1 + 2 ** -12);
  floats(bias).fill(-(1 + 2 ** -11));
  const bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  kernels.product(rows.address, 1, 1, a.address, bias.address, places.address, c.address, 0, 1, 1, 0, ...bounds);
  return floats(c).every(value => value === 2 ** -24);
}
