// Counts by reason, those of several answers or of several labels put together.

type Counts<Key extends string> = Partial<Record<Key, number>>;

/** A table with all that is counted in either. */
export function sumCounts<Key extends string>(one: Counts<Key>, other: Counts<Key>): Counts<Key> {
  const total = { ...one };
  for (const [key, n] of Object.entries(other) as [Key, number][]) total[key] = (total[key] ?? 0) + n;
  return total;
}
