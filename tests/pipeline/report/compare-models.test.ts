// Two models are compared on the images that both held out under the same label, and on nothing else.
import { describe, expect, it } from 'vitest';
import type { Model, Verdict } from '../../../src/contract/report';
import { compareModels } from '../../../src/pipeline/report/compare-models';

const model = (
  labels: string[],
  verdicts: [sha256: string, split: Verdict['split'], label: string, said: string][],
) => ({
  labels: labels.map(id => ({ id, name: `${id} of these`, folder: id })) as Model['labels'],
  verdicts: verdicts.map(([sha256, split, label, said]): Verdict => {
    const p = labels.map(id => (id === said ? 0.9 : 0.1));
    return { sha256, split, truth: labels.indexOf(label), p };
  }),
});

describe('two trainings', () => {
  const now = model(
    ['ant', 'bee', 'fly'],
    [
      ['1', 'test', 'ant', 'ant'],
      ['2', 'test', 'bee', 'bee'],
      ['3', 'test', 'bee', 'ant'],
      ['only now', 'test', 'fly', 'fly'],
      ['moved', 'test', 'bee', 'bee'],
      ['learnt then', 'test', 'ant', 'ant'],
    ],
  );
  // The same labels have other numbers here.
  const before = model(
    ['bee', 'ant'],
    [
      ['1', 'test', 'ant', 'bee'],
      ['2', 'test', 'bee', 'bee'],
      ['3', 'test', 'bee', 'bee'],
      ['moved', 'test', 'ant', 'ant'],
      ['learnt then', 'train', 'ant', 'ant'],
    ],
  );

  it('are asked the same question', () => {
    const { one, other } = compareModels(now, before);
    expect(one).toEqual({ right: 2, of: 3 });
    expect(other).toEqual({ right: 2, of: 3 });
  });

  it('are told label by label, also where one does not know a label', () => {
    expect(compareModels(now, before).labels).toEqual([
      { id: 'ant', name: 'ant of these', one: { right: 1, of: 1 }, other: { right: 0, of: 1 } },
      { id: 'bee', name: 'bee of these', one: { right: 1, of: 2 }, other: { right: 2, of: 2 } },
      { id: 'fly', name: 'fly of these', one: { right: 0, of: 0 }, other: undefined },
    ]);
    expect(compareModels(before, now).labels.map(({ id }) => id)).toEqual(['bee', 'ant', 'fly']);
  });
});
