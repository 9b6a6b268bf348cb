// The arithmetic that takes the time, in WebAssembly: products of matrices, windows over one channel, Adam.
import { adam } from './adam';
import type { Arithmetic } from './arithmetic';
import { assemble } from './assembler';
import { depthwise, type WindowSide, type WindowStride } from './depthwise';
import { largest } from './largest';
import { product } from './product';
import { type WinogradSide, winogradInput, winogradOutput } from './winograd';

export type { WindowSide, WindowStride } from './depthwise';
export { PANEL } from './product';

/** Addresses are bytes in the kernels' memory; counts are of what they name. */
export interface Kernels
  extends Record<`depthwise${WindowSide}x${WindowStride}`, Depthwise>,
    Record<`winogradInput${WinogradSide}`, WinogradInput>,
    Record<`winogradOutput${WinogradSide}`, WinogradOutput> {
  /** Rows of a product's tile, which its tables are written for. */
  tileRows: number;
  /**
   * C = min(ceiling, max(floor, A·B + bias + residual)), tile by tile. A is anywhere: `table` lists for each tile of
   * `tileRows` rows, for each of `taps`, the addresses of the rows' next `depth` floats, so that a convolution is a product
   * whose rows lie about; one of 1×1 has a single tap. B stands in panels of 8 columns, each [taps·depth × 8]; bias has 8 floats
   * a panel. C is anywhere as well: `places` lists for each tile how many bytes after `c` its rows begin, and panels
   * lie `panelBytes` apart. The residual, if not 0, lies as C does and may be C. Infinite bounds are none.
   */
  product(
    table: number,
    taps: number,
    depth: number,
    b: number,
    bias: number,
    places: number,
    c: number,
    panelBytes: number,
    tiles: number,
    panels: number,
    residual: number,
    floor: number,
    ceiling: number,
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

/**
 * out(y, x, c) = min(ceiling, max(floor, bias(c) + Σ w(dy, dx, c) · in(stride·y + dy, stride·x + dx, c))) for one image and
 * `panels` of 8 channels. There is no padding: `input` is where the window of the first output begins, so that whoever
 * pads has zeros around the image, before it as many as its padding says and after it what the last window reaches.
 * Rows, pixels and panels lie as many bytes apart as is said: with pixels channels · 4 apart and panels 32, maps are
 * [height × width × channels]. Weights are [side × side × 8] and bias [8] a panel.
 */
export type Depthwise = (
  input: number,
  rowIn: number,
  pixelIn: number,
  panelIn: number,
  weights: number,
  bias: number,
  output: number,
  rowOut: number,
  pixelOut: number,
  panelOut: number,
  width: number,
  height: number,
  panels: number,
  floor: number,
  ceiling: number,
) => void;

/**
 * The way into Winograd's convolution of 3×3: `table` lists for each of `tiles` the addresses of its 4×4 or 6×6 pixels, row
 * by row; what becomes of them goes into 16 or 36 planes, `planeBytes` apart, of [tiles × channels]. Channels are a multiple
 * of 4. Each plane is then multiplied by the matrix in its place of `winogradWeights`, without bias.
 */
type WinogradInput = (table: number, channels: number, out: number, planeBytes: number, tiles: number) => void;

/**
 * The way out: from the planes of products to 2×2 or 4×4 pixels a tile, whose addresses `places` lists, with bias and
 * bounds as of `product`.
 */
type WinogradOutput = (
  products: number,
  planeBytes: number,
  channels: number,
  bias: number,
  places: number,
  tiles: number,
  floor: number,
  ceiling: number,
) => void;

/** The module of all kernels, as bytes. */
export function kernelBytes(arithmetic: Arithmetic): Uint8Array<ArrayBuffer> {
  const windows = ([3, 5] as const).flatMap(side =>
    ([1, 2] as const).map(stride => depthwise(side, stride, arithmetic)),
  );
  const winograd = ([2, 4] as const).flatMap(side => [winogradInput(side), winogradOutput(side)]);
  return assemble([product(arithmetic), ...windows, ...winograd, largest, adam]);
}

const compiled = new Map<Arithmetic, WebAssembly.Module>();

/** The kernels on this memory. Compiled once: a millisecond's work. */
export function kernelsOn(memory: WebAssembly.Memory, arithmetic: Arithmetic): Kernels {
  const module = compiled.get(arithmetic) ?? new WebAssembly.Module(kernelBytes(arithmetic));
  compiled.set(arithmetic, module);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { ...(exports as unknown as Omit<Kernels, 'tileRows'>), tileRows: arithmetic.tileRows };
}
