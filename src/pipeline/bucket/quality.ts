// How sharp and how bright a picture is, measured once on its thumbnail: what the filters "blurred" and "dark" go by.
import type { Quality } from '../../contract/sample';

/** The picture is cut into so many cells a side; its sharpest cell speaks for it, since a soft background is no fault. */
const CELLS = 4;
/** The share of pixels that may be brighter than `brightness` says. */
const BRIGHTEST = 0.01;

/**
 * Measures RGBA pixels (row-major, opaque) of a thumbnail. Grey is Rec. 601 luma, 0 to 255.
 *
 * `sharpness` is the variance of the 4-neighbour Laplacian (Pech-Pacheco et al., 2000) over the sharpest of 4 × 4 cells:
 * after the picture was stretched to full brightness, since darkness is no blur: 0 for a flat picture, thousands for a
 * crisp one. `brightness` is the 99th percentile of luma, 0 to 1 (CleanVision's measure): a lit subject before a black
 * ground is not dark.
 */
export function measureQuality(rgba: Uint8ClampedArray, width: number, height: number): Quality {
  const grey = new Float32Array(width * height);
  const histogram = new Uint32Array(256);
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    const luma = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
    grey[i] = luma;
    histogram[Math.round(luma)]!++;
  }
  let brightest = 255;
  for (let above = 0; brightest > 1; brightest--) {
    above += histogram[brightest]!;
    if (above > BRIGHTEST * grey.length) break;
  }
  const brightness = brightest / 255;
  return { sharpness: sharpestCell(grey, width, height) / brightness ** 2, brightness };
}

function sharpestCell(grey: Float32Array, width: number, height: number): number {
  let sharpest = 0;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      // The Laplacian needs a neighbour on each side, so the outermost pixels belong to no cell.
      const bounds = [column, column + 1, row, row + 1].map((edge, i) =>
        Math.round(1 + ((i < 2 ? width : height) - 2) * (edge / CELLS)),
      ) as [number, number, number, number];
      sharpest = Math.max(sharpest, laplacianVariance(grey, width, bounds));
    }
  }
  return sharpest;
}

function laplacianVariance(
  grey: Float32Array,
  width: number,
  [left, right, top, bottom]: [number, number, number, number],
): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const value = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]! - 4 * grey[at]!;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}
