// The stores of learning: the installed backbone, the cache of features, the models.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { backboneOf, featuresId } from '../../src/backbones';
import { kernelLength, weightedLayers } from '../../src/backbones/layers';
import type { FoldedLayer } from '../../src/contract/backbone';
import type { Model } from '../../src/contract/report';
import { database } from '../../src/edges/database';
import { foldedLayers } from '../../src/edges/store/backbone-layers';
import {
  availableBackbones,
  BUILT_IN_INFO,
  chooseBackbone,
  chosenBackbone,
  installBackbone,
} from '../../src/edges/store/backbones';
import { everyFeature, featuredImages, getFeatures, putFeatures } from '../../src/edges/store/features';
import {
  bringModel,
  chooseModel,
  chosenModelId,
  deleteModel,
  KEPT_MODELS,
  keptModels,
  modelInUse,
  modelInUseId,
  saveModel,
} from '../../src/edges/store/models';
import { MODEL_LABELS, storeBytes, storeModelLabel } from './store/stored-rows';

describe('the backbones', () => {
  const filled = (fill: number): FoldedLayer[] =>
    weightedLayers(backboneOf('keras-v1')).map(layer => ({
      ...layer,
      kernel: new Float32Array(kernelLength(layer)).fill(fill),
      bias: new Float32Array(layer.shape[3]).fill(-fill),
    }));
  const origin = { family: 'keras-v1', weights: 'file', source: 'a.h5' } as const;

  it('are the built-in one, and of each other network the one brought last, whose id follows its weights', async () => {
    expect(await availableBackbones()).toEqual([BUILT_IN_INFO]);
    expect(await chosenBackbone()).toEqual(BUILT_IN_INFO);
    const first = await installBackbone(origin, filled(1));
    expect(first.id).toMatch(/^resnet50-keras-v1-[0-9a-f]{16}-crop224$/);
    expect((await installBackbone(origin, filled(1))).id).toBe(first.id);
    const second = await installBackbone({ ...origin, source: 'b.h5' }, filled(2));
    expect(second.id).not.toBe(first.id);
    expect(await availableBackbones()).toEqual([BUILT_IN_INFO, second]);
    await expect(foldedLayers(first.id)).rejects.toMatchObject({ code: 'no_weights' });
    // However images are seen, the weights are the same.
    const read = await foldedLayers(featuresId(second.id, 'squash'));
    expect(read).toHaveLength(53);
    expect(read[52]!.kernel.every(value => value === 2)).toBe(true);
    expect(read[52]!.bias.every(value => value === -2)).toBe(true);
    expect(read[0]!.name).toBe('conv1_conv');
  }, 60_000);

  it.each(['the storage', 'the engine'])(
    'stay as they were where %s refuses others',
    async who => {
      const before = await availableBackbones();
      const chosen = await chosenBackbone();
      const { put } = IDBObjectStore.prototype;
      const full = new DOMException('full', 'QuotaExceededError');
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
        // Browsers refuse either way: a write at once, or all of them when they are to be kept.
        if (who === 'the engine' && this.name === 'backbones') throw full;
        const request = put.apply(this, given);
        if (who === 'the storage' && this.name === 'meta')
          request.addEventListener('success', () => this.transaction.abort());
        return request;
      });
      await expect(installBackbone(origin, filled(3))).rejects.toMatchObject({ code: 'weights_storage_full' });
      vi.restoreAllMocks();
      expect(await availableBackbones()).toEqual(before);
      expect(await chosenBackbone()).toEqual(chosen);
      expect((await foldedLayers(before[1]!.id))[52]!.kernel[0]).toBe(2);
    },
    60_000,
  );

  it('are used as chosen; what was installed before there was a choice stays in use', async () => {
    const [, own] = await availableBackbones();
    expect(await chosenBackbone()).toEqual(own);
    await chooseBackbone(BUILT_IN_INFO.id);
    expect(await chosenBackbone()).toEqual(BUILT_IN_INFO);
    await chooseBackbone(own!.id);
    expect(await chosenBackbone()).toEqual(own);
    // As the version before left it: an id that says squash, and no choice.
    const db = await database();
    await db.clear('backbones');
    await db.delete('meta', 'backbone');
    const old = { ...own!, id: 'resnet50-keras-v1-0123456789abcdef-squash224' };
    await db.put('backbones', { id: old.id, info: old, tensors: new Blob() });
    expect(await chosenBackbone()).toEqual(old);
    // Weights that were chosen and are gone leave the others.
    await chooseBackbone('resnet50-keras-v1-ffffffffffffffff-crop224');
    expect(await chosenBackbone()).toEqual(old);
  });
});

describe('features', () => {
  beforeEach(() => storeBytes(['a', 'b', 'x', 'both', 'one']));

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

  it('of an image that was deleted while it was computed are not kept', async () => {
    const features = { m: new Float32Array(2048), q: new Float32Array(2048) };
    await putFeatures('late', [
      { sha256: 'a', variant: '', features },
      { sha256: 'deleted', variant: '', features },
    ]);
    expect(await featuredImages('late')).toEqual(new Set(['a']));
  });

  it('of several backbones lie side by side, each as long as its backbone gives', async () => {
    const [lite, resnet] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'resnet50-keras-v1-0-squash224'];
    const of = (length: number) => ({ m: new Float32Array(length).fill(length), q: new Float32Array(length) });
    const one = (length: number) => [{ sha256: 'x', variant: '', features: of(length) } as const];
    await putFeatures(lite, one(1280));
    await putFeatures(resnet, one(2048));
    await putFeatures(featuresId(lite, 'squash'), one(2048));
    expect((await getFeatures(lite, ['x']))[0]!.m).toEqual(of(1280).m);
    expect((await getFeatures(resnet, ['x']))[0]!.q).toHaveLength(2048);
    // Of another length than the network gives: damaged.
    expect(await getFeatures(featuresId(lite, 'squash'), ['x'])).toEqual([undefined]);
  });

  it('are read of several backbones end to end, where all have some', async () => {
    const [lite, resnet] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'resnet50-keras-v1-1-crop224'];
    const of = (length: number, fill: number) => ({
      m: new Float32Array(length).fill(fill),
      q: new Float32Array(length).fill(-fill),
    });
    const put = (id: string, sha256: string, length: number, fill: number) =>
      putFeatures(id, [{ sha256, variant: '', features: of(length, fill) }]);
    await put(lite, 'both', 1280, 1);
    await put(resnet, 'both', 2048, 2);
    await put(lite, 'one', 1280, 3);
    const [both, one] = await getFeatures([resnet, lite], ['both', 'one']);
    expect(both!.m).toHaveLength(3328);
    expect([both!.m[0], both!.m[2047], both!.m[2048], both!.m[3327]]).toEqual([2, 2, 1, 1]);
    expect([both!.q[2047], both!.q[2048]]).toEqual([-2, -1]);
    expect(one).toBeUndefined();
    const read: string[] = [];
    for await (const { image } of everyFeature([lite, resnet], [{ sha256: 'one' }, { sha256: 'both' }])) {
      read.push(image.sha256);
    }
    expect(read).toEqual(['both']);
  });
});

describe('models', () => {
  beforeEach(async () => {
    await (await database()).clear('models');
    await storeModelLabel();
  });
  const save = (...dates: number[]) =>
    dates.reduce<Promise<void>>(
      (before, createdAt) =>
        before.then(() => saveModel({ id: `m${createdAt}`, createdAt, labels: MODEL_LABELS } as Model)),
      Promise.resolve(),
    );
  const kept = async () => (await keptModels()).map(({ id }) => id);

  it('stay out where all their labels were deleted meanwhile', async () => {
    await save(1);
    await (await database()).clear('labels');
    await expect(save(2)).rejects.toMatchObject({ code: 'no_images' });
    expect(await kept()).toEqual(['m1']);
  });

  it('leave no image that was tested once they are gone with everything, nor a word that one of them was chosen', async () => {
    await save(1);
    const { keepLastTest, lastTest } = await import('../../src/edges/store/last-test');
    await (await database()).clear('meta');
    const test = { picture: new Blob(['tested']), modelId: 'm1' };
    await keepLastTest(test);
    expect((await lastTest.get())?.modelId).toBe('m1');
    for (const name of ['models', 'meta'] as const) await (await database()).clear(name);
    await keepLastTest(test);
    await expect(chooseModel('m1')).rejects.toMatchObject({ code: 'model_gone' });
    expect(await (await database()).count('meta')).toBe(0);
  });

  it('are found newest first, and only so many are kept', async () => {
    expect(await modelInUse()).toBeUndefined();
    await save(3, 1, 5, 4, 2);
    expect((await modelInUse())?.id).toBe('m5');
    expect(await kept()).toEqual(['m5', 'm4', 'm3', 'm2', 'm1']);
    await save(...Array.from({ length: KEPT_MODELS - 4 }, (_, i) => 10 + i));
    expect(await kept()).toHaveLength(KEPT_MODELS);
    expect(await kept()).not.toContain('m1');
    expect(await kept()).toContain('m2');
  });

  it('answer as the user chose, until another is trained or the chosen one is deleted', async () => {
    await save(1, 2, 3);
    await chooseModel('m1');
    expect([await modelInUseId(), await chosenModelId()]).toEqual(['m1', 'm1']);
    // One of a backup takes its place no more than an older one would.
    await bringModel({ id: 'theirs', createdAt: 9 } as Model, false);
    expect((await modelInUse())?.id).toBe('m1');
    await deleteModel('m1');
    expect([await modelInUseId(), await chosenModelId()]).toEqual(['theirs', undefined]);
    await chooseModel('m2');
    await save(20);
    expect([await modelInUseId(), await chosenModelId()]).toEqual(['m20', undefined]);
    await expect(chooseModel('m1')).rejects.toMatchObject({ code: 'model_gone' });
  });
});
