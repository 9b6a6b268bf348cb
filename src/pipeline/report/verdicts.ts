// Questions asked of a model's verdicts: which images lie in a cell, which mistakes were made most confidently.
import type { Tally, Verdict } from '../../contract/report';
import type { Split } from '../../contract/sample';

/** Index of the likeliest class. */
export function predictedClass(verdict: Verdict): number {
  return verdict.p.reduce((best, p, index) => (p > (verdict.p[best] ?? 0) ? index : best), 0);
}

/** Whether the likeliest class is the true one. */
function isRight(verdict: Verdict): boolean {
  return predictedClass(verdict) === verdict.truth;
}

/** How many of these images the model had right, of all of them. */
export function tallyOfVerdicts(verdicts: readonly Verdict[]): Tally {
  return { right: verdicts.filter(isRight).length, of: verdicts.length };
}

/** The test images, or those of validation where there are none; undefined where nothing was held out. */
export function heldOut(verdicts: readonly Verdict[]): { split: Split; verdicts: Verdict[] } | undefined {
  for (const split of ['test', 'valid'] as const) {
    const held = verdicts.filter(verdict => verdict.split === split);
    if (held.length > 0) return { split, verdicts: held };
  }
  return undefined;
}

/** Test images of one true class that were predicted as another (or as that class), surest first. */
export function inCell(verdicts: readonly Verdict[], truth: number, predicted: number): Verdict[] {
  return verdicts
    .filter(verdict => verdict.split === 'test' && verdict.truth === truth && predictedClass(verdict) === predicted)
    .sort((a, b) => (b.p[predicted] ?? 0) - (a.p[predicted] ?? 0));
}

/** Held-out images predicted as the wrong class, surest first. */
export function confidentMistakes(verdicts: readonly Verdict[], limit: number): Verdict[] {
  return verdicts
    .filter(verdict => verdict.split !== 'train' && !isRight(verdict))
    .sort((a, b) => (b.p[predictedClass(b)] ?? 0) - (a.p[predictedClass(a)] ?? 0))
    .slice(0, limit);
}

/** The first `perLabel` images of each class, class after class: those held out before those learnt from. */
export function firstOfEach(verdicts: readonly Verdict[], classes: number, perLabel: number): Verdict[] {
  const heldOutFirst = [...verdicts].sort((a, b) => Number(a.split === 'train') - Number(b.split === 'train'));
  return Array.from({ length: classes }, (_, k) =>
    heldOutFirst.filter(({ truth }) => truth === k).slice(0, perLabel),
  ).flat();
}
