// What the model said of one image, in words: recognised, or taken for something else, and how sure it was.
import type { Verdict } from '../../../contract/report';
import { percent, t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { predictedClass } from '../../../pipeline/report/verdicts';

/** "grizzly bear, recognised (86% sure)" or "grizzly bear, taken for black bear (86% sure)". */
export function verdictWords(labels: readonly string[], verdict: Verdict): string {
  const predicted = predictedClass(verdict);
  const [truth, said] = [isolate(labels[verdict.truth] ?? ''), isolate(labels[predicted] ?? '')];
  return predicted === verdict.truth
    ? t('verdict_right', truth, sureness(verdict))
    : t('verdict', truth, said, sureness(verdict));
}

/** "86% sure". */
export function sureWords(verdict: Verdict): string {
  return t('sure', sureness(verdict));
}

function sureness(verdict: Verdict): string {
  return percent(verdict.p[predictedClass(verdict)] ?? 0, 0);
}
