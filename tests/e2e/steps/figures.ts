// Figures as the screens write them in English.

/** "92%"; a dash for what could not be measured, null in JSON. Never "100%" of what is not all. */
export function percent(share: number | null | undefined, digits = 0): string {
  if (typeof share !== 'number' || !Number.isFinite(share)) return '–';
  const most = share < 1 ? 100 - 10 ** -digits : 100;
  return `${Math.min(share * 100, most).toFixed(digits)}%`;
}
