// A report in a few words: of how many new images about how many are right, and what is most often taken for what.

import { ENOUGH, type Verdict } from '../../contract/report';
import { type Split, splitTotal } from '../../contract/sample';
import { heldOut, tallyOfVerdicts } from './verdicts';
import { wilson } from './wilson';

/**
 * What may be said of new images, of which `of` are spoken of: 10, or 100 where so many images were held out. Between `low` and
 * `high` of them are likely to be right. `says`: where all that was held out was right, no more than the least is claimed; where
 * nothing was, no more than the most; of fewer images than `ENOUGH` the range alone may be told.
 */
export interface Spoken {
  split: Split;
  right: number;
  count: number;
  says: 'about' | 'least' | 'most' | 'few';
  about: number;
  low: number;
  high: number;
  of: 10 | 100;
}

/** Of the test images, or of those of validation where there are none; undefined where nothing was held out. */
export function spokenAccuracy(verdicts: readonly Verdict[]): Spoken | undefined {
  const held = heldOut(verdicts);
  if (!held) return undefined;
  const { right, of: count } = tallyOfVerdicts(held.verdicts);
  const of = count >= 100 ? 100 : 10;
  const [low, high] = wilson(right, count);
  // Away from the middle: the range that is told holds the whole interval.
  const range = { low: Math.floor(low * of), high: Math.ceil(high * of) };
  // Neither all nor none of them is said where it was not so.
  const about = Math.max(1, Math.min(of - 1, Math.round((of * right) / count)));
  return { split: held.split, right, count, says: whatToSay(right, count), about, ...range, of };
}

function whatToSay(right: number, count: number): Spoken['says'] {
  if (count < ENOUGH) return 'few';
  if (right === count) return 'least';
  return right === 0 ? 'most' : 'about';
}

/** The label of which more images would probably help most. */
export interface Help {
  /** Index of the label. */
  label: number;
  /** Images it has, and the label that has most. */
  images: number;
  most: number;
  /** So many more would give it as many; 0 where it has as many. */
  missing: number;
}

/** The label most often not recognised, by the confusion matrix [true × predicted]; undefined where nothing went wrong. */
export function wouldHelpMost(
  matrix: readonly (readonly number[])[],
  labels: readonly string[],
  counts: Readonly<Record<string, Record<Split, number>>>,
): Help | undefined {
  const [worst] = matrix
    .map((row, label) => {
      const count = row.reduce((sum, times) => sum + times, 0);
      return { label, count, wrong: count - (row[label] ?? 0) };
    })
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.wrong - a.wrong || a.count - b.count);
  if (!worst) return undefined;
  const sizes = labels.map(name => {
    const count = counts[name];
    return count ? splitTotal(count) : 0;
  });
  const [images, most] = [sizes[worst.label] ?? 0, Math.max(...sizes)];
  return { label: worst.label, images, most, missing: most - images };
}

export interface Confusion {
  /** Indices of the true and the predicted label. */
  truth: number;
  predicted: number;
  /** So many of the true label's images. */
  times: number;
  count: number;
}

/** The commonest confusions of a matrix [true × predicted], the most frequent first; of equals that of the smaller label. */
export function commonestConfusions(matrix: readonly (readonly number[])[], limit: number): Confusion[] {
  return matrix
    .flatMap((row, truth) => {
      const count = row.reduce((sum, times) => sum + times, 0);
      return row.map((times, predicted): Confusion => ({ truth, predicted, times, count }));
    })
    .filter(({ truth, predicted, times }) => truth !== predicted && times > 0)
    .sort((a, b) => b.times - a.times || a.count - b.count)
    .slice(0, limit);
}
