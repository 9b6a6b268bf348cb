// The reason for an answer: the nearest images a model has learnt from, never the image itself nor one that was held out.
import { describe, expect, it } from 'vitest';
import 'fake-indexeddb/auto';
import type { Model, Verdict } from '../../src/contract/report';
import type { Split } from '../../src/contract/sample';
import { putFeatures } from '../../src/edges/store/features';
import { nearestLearnt } from '../../src/entries/workers/nearest';
import { storeBytes } from '../edges/store/stored-rows';

/** As of a network that is not known here, so that features may be short. */
const BACKBONE = 'one-to-come-0-crop96';
const never = new AbortController().signal;
const at = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

describe('the nearest images learnt from', () => {
  const angles: [string, Split, number][] = [
    ['itself', 'train', 0],
    ['near', 'train', 0.1],
    ['held', 'test', 0.05],
    ['valid', 'valid', 0.2],
    ['far', 'train', 1.2],
    ['gone', 'train', 0.01],
  ];
  const verdicts = angles.map(([sha256, split], i): Verdict => ({ sha256, split, truth: i % 2, p: [0.5, 0.5] }));
  const model = {
    backbone: { id: BACKBONE },
    labels: [{ name: 'even' }, { name: 'odd' }],
    verdicts,
  } as unknown as Model;

  it('are found by the cosine of their features; images without any are passed over', async () => {
    const rows = angles.filter(([sha256]) => sha256 !== 'gone');
    await storeBytes(rows.map(([sha256]) => sha256));
    await putFeatures(
      BACKBONE,
      rows.map(([sha256, , angle]) => ({ sha256, variant: '', features: { m: at(angle), q: at(angle) } })),
    );
    const found = await nearestLearnt(model, at(0), 'itself', 3, never);
    expect(found.map(({ sha256, label }) => [sha256, label])).toEqual([
      ['near', 'odd'],
      ['far', 'even'],
    ]);
    expect(found[0]?.cosine).toBeCloseTo(Math.cos(0.1), 5);
  });

  it('are those of validation too where the head was fitted to both', async () => {
    const refitted = { ...model, unseen: {} } as Model;
    const found = await nearestLearnt(refitted, at(0), 'itself', 2, never);
    expect(found.map(({ sha256 }) => sha256)).toEqual(['near', 'valid']);
  });
});
