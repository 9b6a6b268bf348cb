// The flags of images at their thresholds.
import { describe, expect, it } from 'vitest';
import { sampleRow } from '../../../harness/rows';
import { flagged } from '../../../src/pipeline/bucket/flags';

const flagsOf = (change: Parameters<typeof sampleRow>[1]) => flagged([sampleRow('a', change)]).get('a') ?? [];

describe('the flags of a picture', () => {
  it('are none for an ordinary one, and for one that was never measured', () => {
    expect(flagsOf({ quality: { sharpness: 900, brightness: 0.9 } })).toEqual([]);
    expect(flagsOf({})).toEqual([]);
  });

  it('follow sharpness and brightness', () => {
    expect(flagsOf({ quality: { sharpness: 149, brightness: 0.9 } })).toEqual(['blurred']);
    expect(flagsOf({ quality: { sharpness: 150, brightness: 0.31 } })).toEqual(['dark']);
    expect(flagsOf({ quality: { sharpness: 150, brightness: 0.32 } })).toEqual([]);
  });

  it('find odd shapes, wide and tall', () => {
    expect(flagsOf({ width: 501 })).toEqual(['odd']);
    expect(flagsOf({ height: 501 })).toEqual(['odd']);
    expect(flagsOf({ height: 500 })).toEqual([]);
  });

  it('find what is enlarged more than twice', () => {
    expect(flagsOf({ width: 111 })).toEqual(['small']);
    expect(flagsOf({ width: 112 })).toEqual([]);
  });

  it('find near-duplicates by their group, whichever of them is its leader', () => {
    const flags = flagged([sampleRow('a'), sampleRow('b', { group: 'a' }), sampleRow('c')]);
    expect([...flags]).toEqual([
      ['a', ['near-duplicate']],
      ['b', ['near-duplicate']],
    ]);
  });

  it('name near-duplicates under different labels, also those of the other label', () => {
    const [a, b] = [sampleRow('a', { width: 100 }), sampleRow('b', { group: 'a', labelId: 'm' })];
    expect([...flagged([a, sampleRow('c')], [a, b])]).toEqual([
      ['a', ['small', 'near-conflict']],
      ['b', ['near-conflict']],
    ]);
  });
});
