// The stores of learning: the installed backbone, the cache of features, the models.
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { FoldedConv } from '../../src/contract/features';
import type { Model } from '../../src/contract/report';
import { foldedLayers, installBackbone, installedBackbone } from '../../src/edges/store/backbones';
import { featuredImages, getFeatures, putFeatures } from '../../src/edges/store/features';
import { newestModel, saveModel } from '../../src/edges/store/models';
import { architecture, convLayers, kernelLength } from '../../src/pipeline/features/resnet50';

describe('the backbone', () => {
  it('is one: the next takes the place of the last, and its id follows its weights', async () => {
    expect(await installedBackbone()).toBeUndefined();
    await expect(foldedLayers()).rejects.toMatchObject({ code: 'no_weights' });
    const layers = (fill: number): FoldedConv[] =>
      convLayers(architecture('keras-v1')).map(layer => ({
        ...layer,
        kernel: new Float32Array(kernelLength(layer)).fill(fill),
        bias: new Float32Array(layer.shape[3]).fill(-fill),
      }));
    const origin = { family: 'keras-v1', weights: 'file', source: 'a.h5' } as const;
    const first = await installBackbone(origin, layers(1));
    expect(first.id).toMatch(/^resnet50-keras-v1-[0-9a-f]{16}-squash224$/);
    expect((await installBackbone(origin, layers(1))).id).toBe(first.id);
    const second = await installBackbone({ ...origin, source: 'b.h5' }, layers(2));
    expect(second.id).not.toBe(first.id);
    expect(await installedBackbone()).toEqual(second);
    const read = await foldedLayers();
    expect(read).toHaveLength(53);
    expect(read[52]!.kernel.every(value => value === 2)).toBe(true);
    expect(read[52]!.bias.every(value => value === -2)).toBe(true);
    expect(read[0]!.name).toBe('conv1_conv');
  }, 60_000);
});

describe('features', () => {
  it('are cached by content and backbone', async () => {
    const features = { m: new Float32Array(2048).fill(1), q: new Float32Array(2048).fill(2) };
    await putFeatures('net', [
      { sha256: 'a', variant: '', features },
      { sha256: 'b', variant: 'mirror', features },
    ]);
    expect(await featuredImages('net', 'mirror')).toEqual(new Set(['b']));
    expect((await getFeatures('net', ['b'], 'mirror'))[0]!.m[0]).toBe(1);
    expect(await featuredImages('net')).toEqual(new Set(['a']));
    expect(await featuredImages('other')).toEqual(new Set());
    const [found, missing, other] = [...(await getFeatures('net', ['a', 'b'])), ...(await getFeatures('other', ['a']))];
    expect(found!.m[2047]).toBe(1);
    expect(found!.q[0]).toBe(2);
    expect(missing).toBeUndefined();
    expect(other).toBeUndefined();
  });
});

describe('models', () => {
  it('are found newest first, and only a few are kept', async () => {
    expect(await newestModel()).toBeUndefined();
    for (const createdAt of [3, 1, 5, 4, 2]) await saveModel({ id: `m${createdAt}`, createdAt } as Model);
    expect((await newestModel())?.id).toBe('m5');
    const { database } = await import('../../src/edges/database');
    expect((await (await database()).getAllKeys('models')).sort()).toEqual(['m3', 'm4', 'm5']);
  });
});
