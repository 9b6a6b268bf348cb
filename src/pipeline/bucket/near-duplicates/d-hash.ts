// The 256-bit difference hash of an image, and of its mirror image.
import { areaMeans } from './area-means';

/** The grey image the hash is taken from, in pixels. */
const GREY_WIDTH = 17;
const GREY_HEIGHT = 16;

/**
 * Shrinks an image's luma (row-major, 0 to 255) to 17 × 16 grey values, each the mean of the area it covers, so that the
 * hash is the same whatever way a browser scales.
 */
export function grey(luma: Float64Array, width: number, height: number): Float64Array {
  return areaMeans(luma, width, height, GREY_WIDTH, GREY_HEIGHT);
}

/** 64 hex digits: a bit is 1 where a pixel is darker than its right neighbour, row by row. */
export function dHash(greys: Float64Array): string {
  return hashOf((row, column) => greys[row * GREY_WIDTH + column] ?? 0);
}

/** The hash of the mirrored image. */
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
