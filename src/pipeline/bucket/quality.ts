// How sharp and how bright an image is, measured once on its thumbnail: what the filters "blurred" and "dark" go by.
import type { Quality } from '../../contract/sample';

/** The image is cut into so many cells a side; its sharpest cell speaks for it, since a soft background is no fault. */
const CELLS = 4;
/** The share of pixels that may be brighter than `brightness` says. */
const BRIGHTEST = 0.01;

/**
 * Measures a thumbnail's luma (row-major, 0 to 255).
 *
 * `sharpness` is the variance of the 4-neighbour Laplacian (Pech-Pacheco et al., 2000) over the sharpest of 4 × 4 cells:
 * after the image was stretched to full brightness, since darkness is no blur: 0 for a flat image, thousands for a
 * crisp one. `brightness` is the 99th percentile of luma, 0 to 1 (CleanVision's measure): a lit subject before a black
 * ground is not dark.
 */
export function measureQuality(luma: Float64Array, width: number, height: number): Quality {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < luma.length; i++) histogram[(luma[i]! + 0.5) | 0]!++;
  let brightest = 255;
  for (let above = 0; brightest > 1; brightest--) {
    above += histogram[brightest]!;
    if (above > BRIGHTEST * luma.length) break;
  }
  const brightness = brightest / 255;
  return { sharpness: sharpestCell(luma, width, height) / brightness ** 2, brightness };
}

function sharpestCell(luma: Float64Array, width: number, height: number): number {
  let sharpest = 0;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      // The Laplacian needs a neighbour on each side, so the outermost pixels belong to no cell.
      const bounds = [column, column + 1, row, row + 1].map((edge, i) =>
        Math.round(1 + ((i < 2 ? width : height) - 2) * (edge / CELLS)),
      ) as [number, number, number, number];
      sharpest = Math.max(sharpest, laplacianVariance(luma, width, bounds));
    }
  }
  return sharpest;
}

function laplacianVariance(
  luma: Float64Array,
  width: number,
  [left, right, top, bottom]: [number, number, number, number],
): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const value = luma[at - 1]! + luma[at + 1]! + luma[at - width]! + luma[at + width]! - 4 * luma[at]!;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}
