// Where the kernels find their input: for each position of an output, the address of what each tap of the window reads.
import type { ConvLayer } from '../../contract/features';
import type { Piece, Workspace } from '../../kernels/workspace';

/** The pooling after the stem. */
export const POOL = { side: 3, stride: 2, pad: 1 };

/** Square maps of some pictures, [side × side × channels] each; `border` zeros stand around each picture. */
export interface Maps extends Piece {
  side: number;
  channels: number;
  border: number;
}

/** Pixels along a side of the output. */
export function outputSide(side: number, kernel: number, stride: number, pad: number): number {
  return Math.floor((side + 2 * pad - kernel) / stride) + 1;
}

/** What `Kernels.product` is to be given for a convolution, and the side of what it writes. */
export interface ConvolutionTable {
  table: Piece;
  taps: number;
  /** Values read for each tap. */
  depth: number;
  side: number;
}

/**
 * Tables in the workspace, for so many pictures at a time; convolutions of one shape over one input share theirs.
 * @param zeros  read outside of the maps: as many as the deepest input has channels
 */
export function createTables(workspace: Workspace, pictures: number, zeros: Piece) {
  const made = new Map<string, Piece>();

  /** Rows of a kernel whose input lies end to end are one tap. */
  function ofConvolution({ shape: [height, width], stride, pad }: ConvLayer, input: Maps): ConvolutionTable {
    const side = outputSide(input.side, height, stride, pad);
    const whole = input.border >= pad;
    const taps = whole ? height : height * width;
    const key = [input.address, input.side, input.channels, height, width, stride].join();
    const full = input.side + 2 * input.border;
    const table =
      made.get(key) ??
      workspace.takeTable(pictures * side * side, taps, (row, tap) => {
        const [picture, position] = [Math.floor(row / (side * side)), row % (side * side)];
        const [dy, dx] = whole ? [tap, 0] : [Math.floor(tap / width), tap % width];
        const y = Math.floor(position / side) * stride + dy - pad + input.border;
        const x = (position % side) * stride + dx - pad + input.border;
        const outside = y < 0 || x < 0 || y >= full || x >= full;
        return outside ? zeros.address : input.address + ((picture * full + y) * full + x) * input.channels * 4;
      });
    made.set(key, table);
    return { table, taps, depth: (whole ? width : 1) * input.channels, side };
  }

  /** Where a product puts its rows: one after the other. */
  function ofRows({ side, channels }: Maps): Piece {
    const key = [side, channels].join();
    const table = made.get(key) ?? workspace.takeTable(pictures * side * side, 1, row => row * channels * 4);
    made.set(key, table);
    return table;
  }

  /** For `Kernels.largest`, one position a row, in order. After ReLU nothing is below the zeros around the maps. */
  function ofPool(from: Maps, pooledSide: number): Piece {
    const { side, pad, stride } = POOL;
    const piece = workspace.take(pictures * pooledSide ** 2 * side * side);
    const table = workspace.ints(piece);
    let i = 0;
    for (let picture = 0; picture < pictures; picture++) {
      for (let position = 0; position < pooledSide ** 2; position++) {
        const [top, left] = [Math.floor(position / pooledSide) * stride - pad, (position % pooledSide) * stride - pad];
        for (let tap = 0; tap < side * side; tap++) {
          const [y, x] = [top + Math.floor(tap / side), left + (tap % side)];
          const outside = y < 0 || x < 0 || y >= from.side || x >= from.side;
          table[i++] = outside
            ? zeros.address
            : from.address + ((picture * from.side + y) * from.side + x) * from.channels * 4;
        }
      }
    }
    return piece;
  }

  return { ofConvolution, ofRows, ofPool };
}
