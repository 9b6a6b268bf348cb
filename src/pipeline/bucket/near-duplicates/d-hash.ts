// The 256-bit difference hash of a picture, and of its mirror image.

/** The grey picture the hash is taken from, in pixels. */
const GREY_WIDTH = 17;
const GREY_HEIGHT = 16;

/**
 * Shrinks a picture's luma (row-major, 0 to 255) to 17 × 16 grey values, each the mean of the area it covers, so that the
 * hash is the same whatever way a browser scales.
 */
export function grey(luma: Float64Array, width: number, height: number): Float64Array {
  // 17 values of each row first, column after column, then 16 of each of these columns.
  const columns = new Float64Array(GREY_WIDTH * height);
  for (let x = 0; x < GREY_WIDTH; x++) {
    for (let y = 0; y < height; y++) columns[x * height + y] = mean(luma, y * width, width, x, GREY_WIDTH);
  }
  const greys = new Float64Array(GREY_WIDTH * GREY_HEIGHT);
  for (let x = 0; x < GREY_WIDTH; x++) {
    for (let y = 0; y < GREY_HEIGHT; y++) {
      greys[y * GREY_WIDTH + x] = mean(columns, x * height, height, y, GREY_HEIGHT);
    }
  }
  return greys;
}

/**
 * Mean over the n-th of `count` equal stretches of the `length` values from `start` on; values at the edges of a stretch
 * count by their share.
 */
function mean(values: Float64Array, start: number, length: number, n: number, count: number): number {
  const stretch = length / count;
  const from = n * stretch;
  const to = from + stretch;
  const first = Math.floor(from);
  const last = Math.min(length, Math.ceil(to)) - 1;
  let sum = values[start + first]! * (Math.min(to, first + 1) - from);
  for (let at = first + 1; at < last; at++) sum += values[start + at]!;
  if (last > first) sum += values[start + last]! * (to - last);
  return sum / stretch;
}

/** 64 hex digits: a bit is 1 where a pixel is darker than its right neighbour, row by row. */
export function dHash(greys: Float64Array): string {
  return hashOf((row, column) => greys[row * GREY_WIDTH + column] ?? 0);
}

/** The hash of the mirrored picture. */
export function mirroredDHash(greys: Float64Array): string {
  return hashOf((row, column) => greys[row * GREY_WIDTH + (GREY_WIDTH - 1 - column)] ?? 0);
}

function hashOf(at: (row: number, column: number) => number): string {
  let hex = '';
  for (let row = 0; row < GREY_HEIGHT; row++) {
    let bits = 0;
    for (let column = 0; column < GREY_WIDTH - 1; column++) {
      bits = (bits << 1) | (at(row, column) < at(row, column + 1) ? 1 : 0);
    }
    hex += bits.toString(16).padStart(4, '0');
  }
  return hex;
}
