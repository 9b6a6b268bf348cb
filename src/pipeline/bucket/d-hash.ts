// The 256-bit difference hash of a picture, and of its mirror image.

/** The grey picture the hash is taken from, in pixels. */
export const GREY_WIDTH = 17;
export const GREY_HEIGHT = 16;

/**
 * Shrinks RGBA pixels (row-major, opaque) to 17 × 16 grey values, each the mean of the area it covers, so that the hash
 * is the same whatever way a browser scales. Grey is Rec. 601 luma, 0 to 255.
 */
export function grey(rgba: Uint8ClampedArray, width: number, height: number): Float64Array {
  // 17 values of each row first, then 16 of each of these columns.
  const columns = Array.from({ length: GREY_WIDTH }, () => new Float64Array(height));
  const row = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      row[x] = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
    }
    for (let x = 0; x < GREY_WIDTH; x++) (columns[x] ?? row)[y] = mean(row, x, GREY_WIDTH);
  }
  const greys = new Float64Array(GREY_WIDTH * GREY_HEIGHT);
  for (const [x, column] of columns.entries()) {
    for (let y = 0; y < GREY_HEIGHT; y++) greys[y * GREY_WIDTH + x] = mean(column, y, GREY_HEIGHT);
  }
  return greys;
}

/** Mean over the n-th of `count` equal stretches of a sequence; values at the edges of a stretch count by their share. */
function mean(values: Float64Array, n: number, count: number): number {
  const stretch = values.length / count;
  const from = n * stretch;
  const to = from + stretch;
  let sum = 0;
  for (let at = Math.floor(from); at < to; at++) {
    sum += (values[at] ?? 0) * (Math.min(to, at + 1) - Math.max(from, at));
  }
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
