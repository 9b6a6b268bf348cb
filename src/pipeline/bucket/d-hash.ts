// The 256-bit difference hash of a picture, and of its mirror image.

/** The grey picture the hash is taken from, in pixels. */
export const GREY_WIDTH = 17;
export const GREY_HEIGHT = 16;

/**
 * Shrinks RGBA pixels (row-major, opaque) to 17 × 16 grey values, each the mean of the area it covers, so that the hash
 * is the same whatever way a browser scales. Grey is Rec. 601 luma, 0 to 255.
 */
export function grey(rgba: Uint8ClampedArray, width: number, height: number): Float64Array {
  const sums = new Float64Array(GREY_WIDTH * GREY_HEIGHT);
  const weights = new Float64Array(sums.length);
  const columns = shares(width, GREY_WIDTH);
  const rows = shares(height, GREY_HEIGHT);
  for (const [y, yParts] of rows.entries()) {
    for (const [x, xParts] of columns.entries()) {
      const at = (y * width + x) * 4;
      const luma = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
      for (const [row, rowShare] of yParts) {
        for (const [column, columnShare] of xParts) {
          const cell = row * GREY_WIDTH + column;
          sums[cell] = (sums[cell] ?? 0) + luma * rowShare * columnShare;
          weights[cell] = (weights[cell] ?? 0) + rowShare * columnShare;
        }
      }
    }
  }
  return sums.map((sum, cell) => sum / (weights[cell] || 1));
}

/** For each of `length` pixels the cells it falls into, with its share of each. */
function shares(length: number, cells: number): [cell: number, share: number][][] {
  const scale = cells / length;
  return Array.from({ length }, (_, pixel) => {
    const from = pixel * scale;
    const to = (pixel + 1) * scale;
    const parts: [number, number][] = [];
    for (let cell = Math.floor(from); cell < Math.min(cells, to); cell++) {
      const share = Math.min(to, cell + 1) - Math.max(from, cell);
      if (share > 1e-9) parts.push([cell, share]);
    }
    return parts;
  });
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
