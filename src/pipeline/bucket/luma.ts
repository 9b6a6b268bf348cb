// The brightness of an image's pixels, computed once for everything that goes by it.

/** Rec. 601 luma, 0 to 255, of RGBA pixels (row-major, opaque). */
export function luma(rgba: Uint8ClampedArray): Float64Array {
  const values = new Float64Array(rgba.length / 4);
  for (let i = 0, at = 0; i < values.length; i++, at += 4) {
    values[i] = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
  }
  return values;
}
