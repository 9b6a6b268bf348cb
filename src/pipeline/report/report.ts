// Assembles the report of one training from what was counted and measured.
import { type Report, tallyOf, type Verdict } from '../../contract/report';
import { SPLITS, type Split } from '../../contract/sample';
import { calibrationOf } from './calibration';
import { accuracy, classScores, confusionMatrix } from './confusion';
import { wilson } from './wilson';

/** What the caller knows and the numbers do not follow from. */
export type TrainingFacts = Omit<
  Report,
  | 'counts'
  | 'trainAccuracy'
  | 'validAccuracy'
  | 'testAccuracy'
  | 'validInterval'
  | 'testInterval'
  | 'calibration'
  | 'confusion'
  | 'perClass'
>;

/** `verdicts` hold every sample of every split, classes in the order of `known.labels`. */
export function assembleReport(known: TrainingFacts, verdicts: Verdict[]): Report {
  const { labels } = known;
  const matrix = (split: Split) => {
    const mine = verdicts.filter(verdict => verdict.split === split);
    return confusionMatrix(
      mine.map(({ truth }) => truth),
      mine.map(({ p }) => p.indexOf(Math.max(...p))),
      labels.length,
    );
  };
  const [valid, test] = [matrix('valid'), matrix('test')];
  const calibration = calibrationOf(verdicts);
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
    validAccuracy: accuracy(valid),
    testAccuracy: accuracy(test),
    ...interval('validInterval', valid),
    ...interval('testInterval', test),
    ...(calibration && { calibration }),
    confusion: { labels, matrix: test },
    perClass: classScores(test, labels),
  };
}

/** Nothing for an empty split: its interval would be the whole range. */
function interval(name: 'validInterval' | 'testInterval', matrix: number[][]): Pick<Report, typeof name> {
  const { right, of } = tallyOf(matrix);
  return of > 0 ? { [name]: wilson(right, of) } : {};
}
