// Where the kernels find their input and put their output: maps in memory, and the addresses of what a window reads.
import type { ConvLayer, PoolLayer } from '../../contract/backbone';
import { type WinogradSide, winogradWindow } from '../../kernels/winograd';
import type { Piece, Workspace } from '../../kernels/workspace';

/** Square maps of some images, [side × side × channels] each; `border` zeros stand around each image. */
export interface Maps extends Piece {
  side: number;
  channels: number;
  border: number;
}

/** Pixels along a side of the output. */
export function outputSide(side: number, kernel: number, stride: number, [before, after]: [number, number]): number {
  return Math.floor((side + before + after - kernel) / stride) + 1;
}

/** Values that maps of so many images take. */
export function mapsLength(images: number, { side, channels, border }: Omit<Maps, keyof Piece>): number {
  return images * (side + 2 * border) ** 2 * channels;
}

/** Bytes from the beginning of the maps to a pixel; the border's are at −border and beyond the side. */
export function offsetOf({ side, channels, border }: Maps, image: number, y: number, x: number): number {
  const full = side + 2 * border;
  return ((image * full + y + border) * full + x + border) * channels * 4;
}

/** What `Kernels.product` is to be given of a convolution's input. */
export interface ConvolutionTable {
  table: Piece;
  taps: number;
  /** Values read for each tap. */
  depth: number;
}

/**
 * Tables in the workspace, for so many images at a time; what reads or writes in one way shares its table.
 * @param zeros  read outside of the maps: as many as the deepest input has channels
 */
export function createTables(workspace: Workspace, images: number, zeros: Piece) {
  const made = new Map<string, Piece>();
  const once = (key: string, make: () => Piece) => {
    const table = made.get(key) ?? make();
    made.set(key, table);
    return table;
  };
  const outside = ({ side, border }: Maps, y: number, x: number) =>
    Math.min(y, x) < -border || Math.max(y, x) >= side + border;

  /** Rows of a kernel whose input lies end to end are one tap. Of all images, or of `count` from the `first` one on. */
  function ofConvolution(
    { shape: [height, width], stride, pad }: ConvLayer,
    input: Maps,
    first = 0,
    count = images,
  ): ConvolutionTable {
    const side = outputSide(input.side, height, stride, pad);
    const whole = input.border >= Math.max(...pad);
    const taps = whole ? height : height * width;
    const key = [input.address, input.side, input.channels, input.border, height, width, stride, ...pad];
    const table = once([...key, first, count].join(), () =>
      workspace.takeTable(count * side * side, taps, (row, tap) => {
        const [image, position] = [first + Math.floor(row / (side * side)), row % (side * side)];
        const [dy, dx] = whole ? [tap, 0] : [Math.floor(tap / width), tap % width];
        const y = Math.floor(position / side) * stride + dy - pad[0];
        const x = (position % side) * stride + dx - pad[0];
        return outside(input, y, x) ? zeros.address : input.address + offsetOf(input, image, y, x);
      }),
    );
    return { table, taps, depth: (whole ? width : 1) * input.channels };
  }

  /** Where a product puts its rows. */
  function ofRows(output: Maps, count = images): Piece {
    const { side, channels, border } = output;
    return once(`rows ${[side, channels, border, count].join()}`, () =>
      workspace.takeTable(count * side * side, 1, row => {
        const [image, position] = [Math.floor(row / (side * side)), row % (side * side)];
        return offsetOf(output, image, Math.floor(position / side), position % side);
      }),
    );
  }

  /** For `Kernels.largest`, one position a row, in order. After ReLU nothing is below the zeros around the maps. */
  function ofPool({ side: window, stride, pad }: PoolLayer, input: Maps): Piece {
    const side = outputSide(input.side, window, stride, pad);
    const piece = workspace.take(images * side ** 2 * window ** 2);
    const table = workspace.ints(piece);
    let i = 0;
    for (let image = 0; image < images; image++) {
      for (let position = 0; position < side ** 2; position++) {
        const [top, left] = [Math.floor(position / side) * stride - pad[0], (position % side) * stride - pad[0]];
        for (let tap = 0; tap < window ** 2; tap++) {
          const [y, x] = [top + Math.floor(tap / window), left + (tap % window)];
          table[i++] = outside(input, y, x) ? zeros.address : input.address + offsetOf(input, image, y, x);
        }
      }
    }
    return piece;
  }

  /** For Winograd's way over maps of whole tiles padded by one: the pixels that each tile of the output reads, and its own. */
  function ofTiles(input: Maps, output: Maps, side: WinogradSide): { pixels: Piece; places: Piece } {
    const across = output.side / side;
    const addresses = (to: Maps, window: number, before: number) => {
      const piece = workspace.take(images * across ** 2 * window ** 2);
      const table = workspace.ints(piece);
      for (let i = 0; i < piece.length; i++) {
        const [tile, tap] = [Math.floor(i / window ** 2), i % window ** 2];
        const [image, position] = [Math.floor(tile / across ** 2), tile % across ** 2];
        const y = side * Math.floor(position / across) + Math.floor(tap / window) - before;
        const x = side * (position % across) + (tap % window) - before;
        table[i] = outside(to, y, x) ? zeros.address : to.address + offsetOf(to, image, y, x);
      }
      return piece;
    };
    const key = [input, output].flatMap(({ address, side, channels, border }) => [address, side, channels, border]);
    return {
      pixels: once(`pixels ${key.join()}`, () => addresses(input, winogradWindow(side), 1)),
      places: once(`places ${key.join()}`, () => addresses(output, side, 0)),
    };
  }

  return { zeros, ofConvolution, ofRows, ofPool, ofTiles };
}
