// What the grid shows of a label: filters, orders, and which near-duplicates "keep the best" would delete.
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/contract/sample';
import { arrange, spareOnes } from '../../../src/pipeline/bucket/arrange';

function sample(sha256: string, change: Partial<Sample> = {}): Sample {
  return {
    sha256,
    labelId: 'l',
    split: 'train',
    type: 'jpeg',
    bytes: 1,
    width: 100,
    height: 100,
    dHash: '',
    group: sha256,
    candidate: { url: '' },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    harvestId: '',
    addedAt: 0,
    ...change,
  };
}
const names = (samples: Sample[]) => samples.map(one => one.sha256).join('');

describe('arrange', () => {
  const samples = [
    sample('a', { addedAt: 1, split: 'test', width: 300 }),
    sample('b', { addedAt: 2, group: 'b', width: 50 }),
    sample('c', { addedAt: 3, group: 'b', width: 80 }),
    sample('d', { addedAt: 4, split: 'valid' }),
  ];

  it('filters by split', () => {
    expect(names(arrange(samples, 'test', 'oldest'))).toBe('a');
    expect(names(arrange(samples, 'valid', 'oldest'))).toBe('d');
    expect(names(arrange(samples, 'all', 'oldest'))).toBe('abcd');
  });

  it('orders by time and by pixels', () => {
    expect(names(arrange(samples, 'all', 'newest'))).toBe('dcba');
    expect(names(arrange(samples, 'all', 'largest'))).toBe('adcb');
    expect(names(arrange(samples, 'all', 'smallest'))).toBe('bcda');
  });

  it('shows near-duplicates side by side, the largest first', () => {
    expect(names(arrange(samples, 'alike', 'oldest'))).toBe('cb');
  });

  it('finds odd shapes, wide and tall', () => {
    const tall = sample('t', { height: 251 });
    expect(names(arrange([...samples, tall], 'odd', 'oldest'))).toBe(names([tall, samples[0]!]));
    expect(names(arrange([sample('s', { height: 250 })], 'odd', 'oldest'))).toBe('');
  });
});

describe('spareOnes', () => {
  it('is all but the largest of each group', () => {
    const group = [
      sample('a', { group: 'g', width: 10 }),
      sample('b', { group: 'g', width: 30 }),
      sample('c', { group: 'g', width: 20 }),
      sample('d'),
    ];
    expect(names(spareOnes(group))).toBe('ca');
  });

  it('is nothing where nothing is alike', () => {
    expect(spareOnes([sample('a'), sample('b')])).toEqual([]);
  });
});
