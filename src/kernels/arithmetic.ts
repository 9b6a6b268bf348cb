// The two ways to add a product to a sum: plain SIMD, which every browser has, and the fused instruction of relaxed SIMD.
import { type Code, f32x4 } from './assembler';

export interface Arithmetic {
  /** a · b + sum, lane by lane. */
  multiplyAdd(a: Code, b: Code, sum: Code): Code;
  /** Rows of a product's tile, two vectors each. Its sums stay in registers, of which x86 has sixteen. */
  tileRows: number;
  /** Steps of a product's depth in each turn of its loop. */
  steps: number;
}

export const PLAIN: Arithmetic = {
  multiplyAdd: (a, b, sum) => f32x4.add(sum, f32x4.mul(a, b)),
  // Each product needs a register of its own before it is added.
  tileRows: 4,
  // Engines without the fused instruction are old ones: given several, V8 then loads for all of them first, runs out of
  // registers, and is a third slower.
  steps: 1,
};

/**
 * Rounds once instead of twice, and so differs from plain sums in their last bits; a quarter faster. A sixth row would make
 * Chromium no faster and Firefox slower by a quarter.
 */
export const FUSED: Arithmetic = {
  multiplyAdd: f32x4.relaxedMultiplyAdd,
  tileRows: 5,
  // Networks count channels in eights. Pointers then move once in eight steps, which leaves more turns to the sums.
  steps: 8,
};
