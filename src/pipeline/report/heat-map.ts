// Where the network looked, as an image: a small map enlarged bilinearly and coloured in magma.

/**
 * Enlarges a square map bilinearly, samples at pixel centres and edges held (as image resizers do), and scales it so that
 * its highest value becomes 1 and `floor` becomes 0: its own lowest value where none is given. A map that nowhere rises
 * above its floor becomes all zeros.
 * @param map side² values, row-major, none below the floor. @returns size² values, row-major.
 */
export function enlarge(map: ArrayLike<number>, size: number, floor?: number): Float32Array {
  const side = Math.sqrt(map.length);
  if (!Number.isInteger(side) || side < 1) throw new RangeError(`a map of ${map.length} values is not square`);
  let low = floor ?? Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < map.length; i++) {
    low = Math.min(low, map[i]!);
    high = Math.max(high, map[i]!);
  }
  const range = high - low;
  const out = new Float32Array(size * size);
  if (!(range > 0)) return out;
  for (let y = 0; y < size; y++) {
    const [y0, y1, fy] = neighbours(y, size, side);
    for (let x = 0; x < size; x++) {
      const [x0, x1, fx] = neighbours(x, size, side);
      const top = map[y0 * side + x0]! * (1 - fx) + map[y0 * side + x1]! * fx;
      const bottom = map[y1 * side + x0]! * (1 - fx) + map[y1 * side + x1]! * fx;
      out[y * size + x] = (top * (1 - fy) + bottom * fy - low) / range;
    }
  }
  return out;
}

/** The two source positions a target position lies between, and how far it is from the first. */
function neighbours(position: number, size: number, side: number): [number, number, number] {
  const at = Math.min(side - 1, Math.max(0, ((position + 0.5) * side) / size - 0.5));
  const first = Math.floor(at);
  return [first, Math.min(side - 1, first + 1), at - first];
}

// The magma colour map as polynomials of degree 6, one row per power, red/green/blue in 0…1: a published fit
// (M. Zucker, "Colormap polynomials", public domain) that stays within 2 % of the table and needs no table.
const MAGMA: readonly (readonly [number, number, number])[] = [
  [-0.002136485, -0.000749655, -0.005386128],
  [0.251660541, 0.677523244, 2.494026599],
  [8.353717279, -3.577719515, 0.314467903],
  [-27.668733086, 14.264730781, -13.649213188],
  [52.176139812, -27.943606072, 12.944169442],
  [-50.768525365, 29.046582821, 4.234152994],
  [18.655705066, -11.48977352, -5.601961509],
];

/** The magma colour of a share in 0…1: red, green, blue in 0…255. */
export function magma(share: number): [number, number, number] {
  const x = Math.min(1, Math.max(0, share));
  const channel = (c: 0 | 1 | 2) => {
    const value = MAGMA.reduceRight((sum, row) => sum * x + row[c], 0);
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  };
  return [channel(0), channel(1), channel(2)];
}

/** RGBA bytes of a size×size image of the map, opaque; `floor` as for `enlarge`. */
export function heatMap(map: ArrayLike<number>, size: number, floor?: number): Uint8ClampedArray<ArrayBuffer> {
  const shares = enlarge(map, size, floor);
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let i = 0; i < shares.length; i++) pixels.set([...magma(shares[i]!), 255], i * 4);
  return pixels;
}
