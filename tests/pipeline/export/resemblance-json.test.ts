// resemblance.json gives whoever reads it the very rule that the extension applies.
import { describe, expect, it } from 'vitest';
import { float16 } from '../../../src/formats/half';
import { type ResemblanceFile, resemblanceJson } from '../../../src/pipeline/export/resemblance-json';
import { learnResemblance, nearestMean } from '../../../src/pipeline/head/resemblance';
import { drawTable, range } from '../head/table';

describe('resemblance.json', () => {
  const table = drawTable({ count: 90, length: 32, classes: 3 });
  const learnt = learnResemblance(table, range(0, 90))!;
  const read = JSON.parse(resemblanceJson(learnt, 3)) as ResemblanceFile;

  it('holds every mean to the last bit of its half precision', () => {
    expect(read.means.map(row => row.length)).toEqual([32, 32, 32]);
    expect(float16(Float32Array.from(read.means.flat()))).toEqual(learnt.means);
    expect(read.least).toBe(learnt.least);
  });

  it('says the rule in words, and anybody who follows them finds the same', () => {
    expect(read.rule).toContain('cosine');
    const image = table.m.subarray(0, 32);
    const cosine = (mean: number[]) =>
      mean.reduce((dot, value, j) => dot + value * image[j]!, 0) / Math.hypot(...image) / Math.hypot(...mean);
    expect(Math.max(...read.means.map(cosine))).toBeCloseTo(nearestMean(learnt, image), 4);
  });
});
