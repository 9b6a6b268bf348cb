// Shrinks a plane of values to a few means, each over the area it covers, so that the outcome is one whatever way a browser scales.

/**
 * Means of a plane (row-major, `width` × `height`) over `columns` × `rows` equal areas, row-major. Values at the edges of an area
 * count by their share, so that planes smaller than the outcome are stretched.
 */
export function areaMeans(
  values: Float64Array,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Float64Array {
  // Each row is shrunk first, column after column; then each of these columns.
  const narrow = new Float64Array(columns * height);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < height; y++) narrow[x * height + y] = mean(values, y * width, width, x, columns);
  }
  const means = new Float64Array(columns * rows);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) means[y * columns + x] = mean(narrow, x * height, height, y, rows);
  }
  return means;
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
