// How sure an accuracy is: Wilson's score interval, which stays inside 0…1 and holds for few images and for 100 %.

/** 97.5th percentile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's 95 % interval of a share.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 * @param right number of successes, 0…n. @param n number of trials; 0 gives the whole range [0, 1].
 */
export function wilson(right: number, n: number): [low: number, high: number] {
  if (n <= 0) return [0, 1];
  const p = right / n;
  const spread = 1 + Z ** 2 / n;
  const middle = (p + Z ** 2 / (2 * n)) / spread;
  const half = (Z / spread) * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  // Its ends are exact where all or none were right; reckoned, they would be a rounding away.
  return [right === 0 ? 0 : Math.max(0, middle - half), right === n ? 1 : Math.min(1, middle + half)];
}
