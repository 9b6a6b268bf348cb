// Dates in a file are the file's word: none lies in the future, or whatever happens here afterwards would seem older.
import type { Model } from '../../contract/report';

/** The row with these dates (ms since the epoch), where they lie after `now`, set to it. */
export function notAfter<T extends object>(now: number, row: T, ...fields: DateField<T>[]): T {
  const late = fields.filter(field => Number(row[field]) > now);
  return late.length === 0 ? row : { ...row, ...Object.fromEntries(late.map(field => [field, now])) };
}
type DateField<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T];

/** As `notAfter` for a row that also tells when its image was found. */
export function foundBefore<T extends { provenance: { harvestedAt: number } }>(
  now: number,
  row: T,
  ...fields: DateField<T>[]
): T {
  const dated = notAfter(now, row, ...fields);
  const provenance = notAfter(now, row.provenance, 'harvestedAt');
  return provenance === row.provenance ? dated : { ...dated, provenance };
}

/** A model trained no later than `now`. */
export function trainedBefore(now: number, model: Model): Model {
  const dated = notAfter(now, model, 'createdAt');
  const report = notAfter(now, model.report, 'trainedAt');
  return report === model.report ? dated : { ...dated, report };
}
