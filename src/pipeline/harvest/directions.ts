// Features as directions: vectors of length 1, whose products are cosines, and the direction of many.

/** The features at length 1; all zeros stay. */
export function direction(features: ArrayLike<number>): Float32Array {
  const unit = Float32Array.from(features);
  let squares = 0;
  for (const value of unit) squares += value * value;
  if (squares > 0) for (let j = 0; j < unit.length; j++) unit[j]! /= Math.sqrt(squares);
  return unit;
}

/** Of two directions: −1 to 1, and 0 where one is all zeros. */
export function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** The sum of directions, each of `length` values. */
export function sumOf(directions: Iterable<Float32Array>, length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const one of directions) for (let j = 0; j < length; j++) sum[j]! += one[j]!;
  return sum;
}
