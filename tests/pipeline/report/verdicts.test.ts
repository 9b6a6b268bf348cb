// Which images stand behind a cell of the confusion matrix, and which mistakes were surest.
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/contract/report';
import { confidentMistakes, inCell, predictedClass, tallyOfVerdicts } from '../../../src/pipeline/report/verdicts';

const verdict = (sha256: string, truth: number, p: number[], split: Verdict['split'] = 'test'): Verdict => ({
  sha256,
  split,
  truth,
  p,
});
const VERDICTS = [
  verdict('right', 0, [0.9, 0.1]),
  verdict('surely wrong', 0, [0.05, 0.95]),
  verdict('just wrong', 0, [0.45, 0.55]),
  verdict('wrong in validation', 1, [0.8, 0.2], 'valid'),
  verdict('wrong in training', 1, [0.99, 0.01], 'train'),
];

describe('verdicts', () => {
  it('name the likeliest class, the first of equals', () => {
    expect(predictedClass(verdict('x', 0, [0.2, 0.5, 0.3]))).toBe(1);
    expect(predictedClass(verdict('x', 0, [0.5, 0.5]))).toBe(0);
  });

  it('are counted: how many are right, of all of them', () => {
    expect(tallyOfVerdicts(VERDICTS)).toEqual({ right: 1, of: 5 });
    expect(tallyOfVerdicts([])).toEqual({ right: 0, of: 0 });
  });

  it('lie in their cell of the test split, surest first', () => {
    expect(inCell(VERDICTS, 0, 1).map(one => one.sha256)).toEqual(['surely wrong', 'just wrong']);
    expect(inCell(VERDICTS, 0, 0).map(one => one.sha256)).toEqual(['right']);
    expect(inCell(VERDICTS, 1, 0)).toEqual([]);
  });

  it('list held-out mistakes only, surest first, no more than asked for', () => {
    const names = ['surely wrong', 'wrong in validation', 'just wrong'];
    expect(confidentMistakes(VERDICTS, 9).map(one => one.sha256)).toEqual(names);
    expect(confidentMistakes(VERDICTS, 1)).toHaveLength(1);
  });
});
