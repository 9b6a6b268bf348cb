// Assembles the report of one training from what was counted and measured.
import type { Report, Verdict } from '../../contract/report';
import { SPLITS, type Split } from '../../contract/sample';
import { accuracy, classScores, confusionMatrix } from './confusion';
import { wilson } from './wilson';

/** What the caller knows and the numbers do not follow from. */
export type Known = Omit<
  Report,
  'counts' | 'trainAccuracy' | 'validAccuracy' | 'testAccuracy' | 'testInterval' | 'confusion' | 'perClass'
>;

/** `verdicts` hold every sample of every split, classes in the order of `known.labels`. */
export function assembleReport(known: Known, verdicts: Verdict[]): Report {
  const { labels } = known;
  const matrix = (split: Split) => {
    const mine = verdicts.filter(verdict => verdict.split === split);
    return confusionMatrix(
      mine.map(({ truth }) => truth),
      mine.map(({ p }) => p.indexOf(Math.max(...p))),
      labels.length,
    );
  };
  const test = matrix('test');
  const total = test.flat().reduce((sum, n) => sum + n, 0);
  const hits = test.reduce((sum, row, k) => sum + row[k]!, 0);
  return {
    ...known,
    counts: Object.fromEntries(
      labels.map((label, k) => [
        label,
        Object.fromEntries(
          SPLITS.map(split => [split, verdicts.filter(v => v.truth === k && v.split === split).length]),
        ) as Record<Split, number>,
      ]),
    ),
    trainAccuracy: accuracy(matrix('train')),
    validAccuracy: accuracy(matrix('valid')),
    testAccuracy: accuracy(test),
    ...(total > 0 ? { testInterval: wilson(hits, total) } : {}),
    confusion: { labels, matrix: test },
    perClass: classScores(test, labels),
  };
}
