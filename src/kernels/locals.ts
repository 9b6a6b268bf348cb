// What several kernels are written with: names for their locals, and the bounds of what they store.
import { type Code, f32x4, type Local } from './assembler';

/** So many locals, to be taken apart by name. */
export type Locals<Count extends number, Found extends Local[] = []> = Found['length'] extends Count
  ? Found
  : Locals<Count, [...Found, Local]>;

export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A vector held between two others, lane by lane; NaN stays. */
export function clamped(vector: Local, floor: Local, ceiling: Local): Code {
  return f32x4.smaller(f32x4.larger(vector.get, floor.get), ceiling.get);
}
