// A model whose weights are gone, or one of its two: it is told by name, its features stay, and nothing is computed by others.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const opened = vi.hoisted(() => [] as string[][]);
vi.mock('../../src/entries/workers/backbone-workers', () => ({
  openBackbone: async (_backend: string, ...ids: string[]) => {
    opened.push(ids);
    const explain = async () => ({
      p: Float32Array.of(0.25, 0.75),
      activation: new Float32Array(49),
      gradCams: [new Float32Array(49), new Float32Array(49)],
      features: new Float32Array(3328),
    });
    return { remote: { explain }, terminate: () => undefined };
  },
}));
vi.mock('../../src/edges/settings', () => ({ readSettings: async () => ({ noneOfThese: true }) }));

import type { BackboneInfo } from '../../src/contract/features';
import type { Model } from '../../src/contract/report';
import { database } from '../../src/edges/database';
import { BUILT_IN_INFO } from '../../src/edges/store/backbones';
import { featuredImages, getFeatures, putFeatures } from '../../src/edges/store/features';
import { saveModel } from '../../src/edges/store/models';
import { backboneFor } from '../../src/entries/workers/backbone-for';
import { closePredictor, openPredictor, predictImage } from '../../src/entries/workers/predictor';
import { MODEL_LABELS, storeBytes, storeModelLabel } from '../edges/store/stored-rows';

const RESNET: BackboneInfo = {
  id: 'resnet50-torch-v1.5-0123456789abcdef-crop224',
  family: 'torch-v1.5',
  weights: 'file',
  source: 'resnet.safetensors',
};
const never = new AbortController().signal;
const LABELS = [
  { ...MODEL_LABELS[0]!, name: 'a' },
  { id: 'gone', name: 'b', folder: 'b' },
];
const model = (parts: Partial<Model>): Model =>
  ({ id: crypto.randomUUID(), createdAt: 1, labels: LABELS, ...parts }) as Model;

beforeEach(async () => {
  closePredictor();
  opened.length = 0;
  const db = await database();
  await db.clear('backbones');
  await db.clear('models');
  await storeModelLabel();
  await storeBytes(['a']);
});

const bring = async () => (await database()).put('backbones', { id: RESNET.id, info: RESNET, tensors: new Blob() });

describe('a model whose weights are gone', () => {
  it.each<[string, Partial<Model>]>([
    ['its only ones', { backbone: RESNET }],
    ['the first of two', { backbone: RESNET, beside: [BUILT_IN_INFO] }],
    ['the second of two', { backbone: BUILT_IN_INFO, beside: [RESNET] }],
  ])('names %s, answers no more, and answers again once they are back', async (_which, parts) => {
    await saveModel(model(parts));
    await openPredictor();
    await expect(predictImage(new Blob(), never)).rejects.toMatchObject({
      code: 'backbone_changed',
      words: ['resnet.safetensors'],
    });
    expect(opened).toEqual([]);
    await bring();
    const { top } = await predictImage(new Blob(), never);
    expect(top.map(({ label }) => label)).toEqual(['b', 'a']);
    expect(opened).toEqual([[parts.backbone!.id, ...(parts.beside ?? []).map(({ id }) => id)]]);
  });

  it('leaves its features, which are no others’, and a training that would resume begins with what is there', async () => {
    const features = { m: new Float32Array(2048).fill(1), q: new Float32Array(2048) };
    await putFeatures(RESNET.id, [{ sha256: 'a', variant: '', features }]);
    await saveModel(model({ backbone: BUILT_IN_INFO, beside: [RESNET] }));
    expect(await backboneFor({ choice: 'auto', resume: true })).toEqual({ backbone: BUILT_IN_INFO });
    expect(await featuredImages(RESNET.id)).toEqual(new Set(['a']));
    expect(await featuredImages(BUILT_IN_INFO.id)).toEqual(new Set());
    expect(await getFeatures([BUILT_IN_INFO.id, RESNET.id], ['a'])).toEqual([undefined]);
    await bring();
    expect(await backboneFor({ choice: 'auto', resume: true })).toEqual({ backbone: BUILT_IN_INFO, beside: [RESNET] });
  });
});
