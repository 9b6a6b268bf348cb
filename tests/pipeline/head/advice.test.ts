// What is said of a dataset before training on it.
import { describe, expect, it } from 'vitest';
import { advise, type LabelSize } from '../../../src/pipeline/head/advice';

const label = (name: string, train: number, valid = 5, test = 5): LabelSize => ({ name, train, valid, test });
const codes = (labels: LabelSize[]) => advise(labels).map(one => one.code);

describe('advise', () => {
  it('has nothing to say of a good dataset', () => {
    expect(advise([label('a', 40), label('b', 60)])).toEqual([]);
  });

  it('stops what cannot be trained', () => {
    expect(advise([])).toEqual([{ code: 'no-labels', words: [], stops: true }]);
    expect(codes([label('a', 0, 0, 0)])).toEqual(['no-labels']);
    const one = advise([label('a', 40), label('b', 0, 0, 0)]);
    expect(one.map(({ code, stops }) => [code, stops])).toEqual([
      ['one-label', true],
      ['empty-label', false],
    ]);
  });

  it('says of one label alone that it is alone, and nothing else', () => {
    expect(codes([label('a', 0, 1, 0)])).toEqual(['one-label']);
    expect(codes([label('a', 300, 0, 0)])).toEqual(['one-label']);
  });

  it('does not count a label whose images are all held out', () => {
    const held = { code: 'no-train', words: ['b'], stops: true };
    expect(advise([label('a', 40), label('b', 0, 20, 20)])).toEqual([held]);
    expect(advise([label('a', 40), label('b', 0, 20, 20), label('c', 40)])).toEqual([{ ...held, stops: false }]);
  });

  it('names labels with few images and how many they have', () => {
    const [few] = advise([label('a', 30), label('Karpov', 2, 1, 1), label('c', 12)]);
    expect(few).toEqual({ code: 'few-images', count: 4, words: ['Karpov', '20'], stops: false });
    expect(codes([label('a', 10), label('b', 9)])).toEqual(['few-images']);
  });

  it('says when nothing is held out, and when labels are uneven', () => {
    expect(codes([label('a', 40, 0, 0), label('b', 40, 0, 0)])).toEqual(['no-valid', 'no-test']);
    expect(codes([label('a', 300), label('b', 20)])).toEqual(['uneven']);
  });
});
