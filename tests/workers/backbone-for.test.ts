// Which backbones compete in a training.
import { describe, expect, it } from 'vitest';
import type { BackboneInfo } from '../../src/contract/features';
import { BUILT_IN_INFO } from '../../src/edges/store/backbones';
import { rivalsOf } from '../../src/entries/workers/backbone-for';

const RESNET: BackboneInfo = {
  id: 'resnet50-torch-v1.5-0123456789abcdef-crop224',
  family: 'torch-v1.5',
  weights: 'imagenet',
  source: 'a file',
};
const SEEDED: BackboneInfo = { ...RESNET, id: 'resnet50-keras-v1-seed-crop224', family: 'keras-v1', weights: 'seeded' };
const ids = (rivals: BackboneInfo[]) => rivals.map(({ id }) => id);

describe('the backbones of a training', () => {
  it('are all that know images, where the choice is automatic', () => {
    const all = [BUILT_IN_INFO, RESNET, SEEDED];
    expect(ids(rivalsOf(RESNET, all, { choice: 'auto' }))).toEqual([BUILT_IN_INFO.id]);
    expect(ids(rivalsOf(BUILT_IN_INFO, all, { choice: 'auto' }))).toEqual([RESNET.id]);
    // The chosen one seen in another way is no rival of itself.
    const squashed = { ...RESNET, id: RESNET.id.replace('crop', 'squash') };
    expect(ids(rivalsOf(squashed, all, { choice: 'auto' }))).toEqual([BUILT_IN_INFO.id]);
  });

  it('are the chosen one alone for a head chosen by hand, a training that resumes, and seeded weights', () => {
    const all = [BUILT_IN_INFO, RESNET, SEEDED];
    expect(rivalsOf(RESNET, all, { choice: 'article' })).toEqual([]);
    expect(rivalsOf(RESNET, all, { choice: 'linear' })).toEqual([]);
    expect(rivalsOf(RESNET, all, { choice: 'auto', resume: true })).toEqual([]);
    expect(rivalsOf(SEEDED, all, { choice: 'auto' })).toEqual([]);
  });
});
