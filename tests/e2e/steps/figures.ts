// Figures as the screens write them in English.

/** "92%"; a dash for what could not be measured, null in JSON. */
export function percent(share: number | null | undefined, digits = 0): string {
  return typeof share === 'number' && Number.isFinite(share) ? `${(share * 100).toFixed(digits)}%` : '–';
}
