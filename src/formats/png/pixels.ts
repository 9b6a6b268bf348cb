// Whether a PNG's compressed data is its pixels, all of them and nothing else.
import { inflated, isOneStream } from '../zlib';

/** What a header chunk says of the pixels. */
export interface PngHeader {
  width: number;
  height: number;
  depth: number;
  colourType: number;
  interlaced: boolean;
}

export const INDEXED = 3;
/** Bit depths each colour type may have, and samples in a pixel. */
const COLOUR_TYPES: Record<number, { depths: number[]; samples: number }> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  [INDEXED]: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
};
/** First column and row of each pass of an interlaced image, and the steps between its columns and rows. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
/** Bytes of indexes that are held to see which colours they name; larger images are encoded anew. */
const MOST_INDEXES = 1 << 26;

/** Undefined when the header says what no PNG is. */
export function readIhdr(body: Uint8Array): PngHeader | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colourType = 0, compression, filter, interlace = 0] = body.subarray(8);
  const sound = width > 0 && height > 0 && COLOUR_TYPES[colourType]?.depths.includes(depth);
  if (!sound || compression !== 0 || filter !== 0 || interlace > 1) return undefined;
  return { width, height, depth, colourType, interlaced: interlace === 1 };
}

/**
 * Whether the data inflates to as many rows as the header says, with nothing behind them or behind the stream. Of an indexed
 * image every colour of the palette must be in use, since a text can be written as colours too.
 * @param colours  entries of the palette; 0 without
 */
export async function arePixels(data: Uint8Array, header: PngHeader, colours: number): Promise<boolean> {
  const length = lengthOf(header);
  if (header.colourType !== INDEXED) {
    let left = length;
    const whole = await isOneStream(data, piece => {
      left -= piece.length;
      return left >= 0;
    });
    return whole && left === 0;
  }
  if (header.interlaced || length > MOST_INDEXES) return false;
  const rows = await inflated(data, length);
  return rows?.length === length && coloursUsed(rows, header) === colours;
}

function lengthOf(header: PngHeader): number {
  const { width, height } = header;
  if (!header.interlaced) return height * (1 + rowBytes(header, width));
  return PASSES.reduce((sum, [left, top, across, down]) => {
    const [columns, rows] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)];
    return columns > 0 && rows > 0 ? sum + rows * (1 + rowBytes(header, columns)) : sum;
  }, 0);
}

function rowBytes({ depth, colourType }: PngHeader, pixels: number): number {
  return Math.ceil((pixels * depth * (COLOUR_TYPES[colourType]?.samples ?? 0)) / 8);
}

/** How many colours the pixels name, -1 when they name one behind a gap. Undoes the rows' filters in place. */
function coloursUsed(rows: Uint8Array, header: PngHeader): number {
  const { width, height, depth } = header;
  const stride = 1 + rowBytes(header, width);
  const used = new Uint8Array(256);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * stride, (y + 1) * stride);
    unfilter(row, y > 0 ? rows.subarray((y - 1) * stride, y * stride) : undefined);
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      used[((row[1 + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)] = 1;
    }
  }
  const count = used.indexOf(0) === -1 ? 256 : used.indexOf(0);
  return used.lastIndexOf(1) === count - 1 ? count : -1;
}

/** An indexed image's pixels take a byte or less, so the byte to the left is the one before. */
function unfilter(row: Uint8Array, above: Uint8Array | undefined): void {
  const filter = row[0] ?? 0;
  for (let i = 1; filter > 0 && i < row.length; i++) {
    const left = i > 1 ? (row[i - 1] ?? 0) : 0;
    const up = above?.[i] ?? 0;
    const corner = i > 1 ? (above?.[i - 1] ?? 0) : 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    row[i] = (row[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
