// Memory the kernels compute in: handed out in pieces while a network is built, freed as a whole with it.
import type { Arithmetic } from './arithmetic';
import { type Kernels, kernelsOn, PANEL } from './kernels';

const PAGE = 65_536;
/** Pieces begin where a line of the cache does. */
const ALIGNED = 64;

/** A piece of the workspace, in bytes from its beginning. */
export interface Piece {
  address: number;
  /** Number of 32-bit values. */
  length: number;
}

export interface Workspace {
  kernels: Kernels;
  /** Zeroed room for so many 32-bit values. Taking cuts off the views made before: make them when all is taken. */
  take(length: number): Piece;
  floats(piece: Piece): Float32Array;
  ints(piece: Piece): Int32Array;
  /**
   * A table for `Kernels.product` over rows that lie about: `address` of a row's part for each tap, or its place in what
   * is written. Rows past the last repeat it, so that whole tiles read and write nothing else.
   */
  takeTable(rows: number, taps: number, address: (row: number, tap: number) => number): Piece;
}

export function createWorkspace(arithmetic: Arithmetic): Workspace {
  const memory = new WebAssembly.Memory({ initial: 1 });
  // Address 0 means "none" to the kernels.
  let used = ALIGNED;
  const kernels = kernelsOn(memory, arithmetic);
  const { tileRows } = kernels;
  const workspace: Workspace = {
    kernels,
    take(length) {
      const address = used;
      used = Math.ceil((address + length * 4) / ALIGNED) * ALIGNED;
      const missing = used - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return { address, length };
    },
    floats: ({ address, length }) => new Float32Array(memory.buffer, address, length),
    ints: ({ address, length }) => new Int32Array(memory.buffer, address, length),
    takeTable(rows, taps, address) {
      const tiles = Math.ceil(rows / tileRows);
      const piece = workspace.take(tiles * taps * tileRows);
      const table = workspace.ints(piece);
      for (let row = 0; row < tiles * tileRows; row++) {
        const [tile, lane] = [Math.floor(row / tileRows), row % tileRows];
        for (let tap = 0; tap < taps; tap++) {
          table[(tile * taps + tap) * tileRows + lane] = address(Math.min(row, rows - 1), tap);
        }
      }
      return piece;
    },
  };
  return workspace;
}

/** The next multiple of `unit`. */
export function whole(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}

/**
 * Row-major [rows × columns], rows `stride` apart, to panels of 8 columns, each [panelRows × 8]. What lies beyond rows and
 * columns in the panels is left as it is.
 */
export function toPanels(
  panels: Float32Array,
  values: Float32Array,
  rows: number,
  columns: number,
  panelRows = rows,
  stride = columns,
): void {
  // A few rows at a time, so that what is read of them stays in the cache while all panels are served.
  for (let top = 0; top < rows; top += PANEL) {
    const bottom = Math.min(rows, top + PANEL);
    for (let column = 0; column < columns; column += PANEL) {
      const width = Math.min(PANEL, columns - column);
      for (let row = top; row < bottom; row++) {
        const [to, from] = [column * panelRows + row * PANEL, row * stride + column];
        for (let i = 0; i < width; i++) panels[to + i] = values[from + i]!;
      }
    }
  }
}

/** The way back: row-major [rows × columns]. */
export function fromPanels(panels: Float32Array, rows: number, columns: number, panelRows: number): Float32Array {
  const values = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column += PANEL) {
    const from = column * panelRows;
    const width = Math.min(PANEL, columns - column);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < width; i++) values[row * columns + column + i] = panels[from + row * PANEL + i]!;
    }
  }
  return values;
}

/** Row-major [rows × columns] to its transpose, rows of which lie `stride` apart. */
export function turn(turned: Float32Array, values: Float32Array, rows: number, columns: number, stride: number): void {
  // A line of the cache at a time, so that what is read and what is written stay in it.
  const line = ALIGNED / 4;
  for (let from = 0; from < columns; from += line) {
    const to = Math.min(columns, from + line);
    for (let row = 0; row < rows; row++) {
      for (let column = from; column < to; column++) turned[column * stride + row] = values[row * columns + column]!;
    }
  }
}
