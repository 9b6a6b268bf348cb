// resemblance.json: what tells an image that resembles nothing learnt, in numbers that any program can apply.
import type { Resemblance } from '../../contract/head';
import { fromHalf } from '../../formats/half';

export const RESEMBLANCE_PATH = 'resemblance.json';

/** Digits that tell one half from another. */
const DIGITS = 5;

/** What stands in the file. */
export interface ResemblanceFile {
  rule: string;
  least: number;
  /** One for each class in the order of labels.json, each as long as an image's features. */
  means: number[][];
}

const RULE =
  'The cosine of an image’s features (the pooled output of the backbone, what the head reads) to the nearest of these means. ' +
  'Below "least" the image resembles nothing that was learnt.';

/** @param classes  rows of the means */
export function resemblanceJson({ means, least }: Resemblance, classes: number): string {
  const values = Array.from(fromHalf(means), value => Number(value.toPrecision(DIGITS)));
  const length = values.length / classes;
  const rows = Array.from({ length: classes }, (_, k) => values.slice(k * length, (k + 1) * length));
  return `${JSON.stringify({ rule: RULE, least, means: rows } satisfies ResemblanceFile)}\n`;
}
