// Seeded random numbers, so that the demo's images are the same on every machine.

export interface Random {
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
}

/** mulberry32: 32 bits of state, period 2³², well-tested for images and games. */
export function seededRandom(seed: number): Random {
  // In a typed array the state is a plain integer; a variable of the closure would be a new heap number per call.
  const state = Int32Array.of(seed);
  const next = () => {
    const now = ((state[0] ?? 0) + 0x6d2b79f5) | 0;
    state[0] = now;
    let t = Math.imul(now ^ (now >>> 15), now | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (from, to) => from + (to - from) * next(),
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: items => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
