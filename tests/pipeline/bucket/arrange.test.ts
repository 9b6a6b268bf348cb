// What the grid shows of a label: filters, orders, and which near-duplicates "keep the best" would delete.
import { describe, expect, it } from 'vitest';
import { letters, sampleRow } from '../../../harness/rows';
import type { Sample } from '../../../src/contract/sample';
import { arrange, type Filter, type Sort, spareOnes } from '../../../src/pipeline/bucket/arrange';
import { flagged } from '../../../src/pipeline/bucket/flags';

const shown = (samples: Sample[], filter: Partial<Filter>, sort: Sort) =>
  letters(arrange(samples, flagged(samples), { split: 'all', flag: 'any', ...filter }, sort));
const spare = (samples: Sample[]) => letters(spareOnes(samples, flagged(samples)));

describe('arrange', () => {
  const samples = [
    sampleRow('a', { addedAt: 1, split: 'test', width: 600 }),
    sampleRow('b', { addedAt: 2, group: 'b', width: 150 }),
    sampleRow('c', { addedAt: 3, group: 'b', width: 180 }),
    sampleRow('d', { addedAt: 4, split: 'valid' }),
  ];

  it('filters by split', () => {
    expect(shown(samples, { split: 'test' }, 'oldest')).toBe('a');
    expect(shown(samples, { split: 'valid' }, 'oldest')).toBe('d');
    expect(shown(samples, {}, 'oldest')).toBe('abcd');
  });

  it('orders by time and by pixels', () => {
    expect(shown(samples, {}, 'newest')).toBe('dcba');
    expect(shown(samples, {}, 'largest')).toBe('adcb');
    expect(shown(samples, {}, 'smallest')).toBe('bcda');
  });

  it('shows near-duplicates side by side, the largest first', () => {
    expect(shown(samples, { flag: 'near-duplicate' }, 'oldest')).toBe('cb');
  });

  it('joins both filters', () => {
    expect(shown(samples, { flag: 'odd' }, 'oldest')).toBe('a');
    expect(shown(samples, { flag: 'odd', split: 'test' }, 'oldest')).toBe('a');
    expect(shown(samples, { flag: 'odd', split: 'train' }, 'oldest')).toBe('');
  });
});

describe('spareOnes', () => {
  it('is all but the largest of each group, and of equally large ones all but the least compressed', () => {
    const group = [
      sampleRow('a', { group: 'g', width: 150 }),
      sampleRow('b', { group: 'g', width: 300 }),
      sampleRow('c', { group: 'g' }),
      sampleRow('d'),
      sampleRow('e', { group: 'h', bytes: 10 }),
      sampleRow('f', { group: 'h', bytes: 20 }),
    ];
    expect(spare(group)).toBe('cae');
  });

  it('is nothing where nothing is alike', () => {
    expect(spare([sampleRow('a'), sampleRow('b')])).toBe('');
  });
});
