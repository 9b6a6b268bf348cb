// A backend is compared with the kernels once, whatever it answers, and only what agrees may be stored.
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('../../src/entries/workers/backbone-workers', () => ({}));

import type { BackendName } from '../../src/contract/features';
import { database } from '../../src/edges/database';
import { refusedBackends } from '../../src/edges/store/backend-checks';
import { dropFeatures, featuredImages, putFeatures } from '../../src/edges/store/features';
import { computesRightly } from '../../src/entries/workers/check-backend';
import { distance, fixedImages } from '../../src/pipeline/features/agreement';
import { storeBytes } from '../edges/store/stored-rows';

const [CROP, SQUASH] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'efficientnet-lite0-b162cb0e1da74881-squash224'];
const RESNET = 'resnet50-keras-v1-0123456789abcdef-crop224';
const RIGHT = Float32Array.of(1, 2, 0, 4);

/** Answers of the backends; each call is counted. */
function answering(answers: Partial<Record<BackendName, Float32Array>>) {
  return vi.fn(async (backend: BackendName) => {
    const answer = answers[backend];
    if (!answer) throw new Error(`${backend} does not run`);
    return answer;
  });
}

beforeEach(async () => {
  vi.stubGlobal('navigator', { userAgent: 'one' });
  await (await database()).clear('meta');
});

describe('a backend', () => {
  it.each<[string, Float32Array, boolean]>([
    ['the same but for other sums', RIGHT.map(value => value * 1.0005), true],
    ['one value that is off', Float32Array.of(1, 2, 0.01, 4), false],
    ['all of them off by a little too much', RIGHT.map(value => value * 1.002), false],
    ['a number that is none', Float32Array.of(1, 2, Number.NaN, 4), false],
    ['zeros', new Float32Array(4), false],
    ['fewer numbers', RIGHT.subarray(1), false],
  ])('that gives %s', async (_what, found, right) => {
    const answers = answering({ webgpu: found, wasm: RIGHT });
    expect(await computesRightly('webgpu', CROP, answers)).toBe(right);
    // Once for each browser, whatever came of it, and however images are seen.
    expect(await computesRightly('webgpu', SQUASH, answers)).toBe(right);
    expect(answers).toHaveBeenCalledTimes(2);
    expect(await refusedBackends()).toEqual(right ? [] : ['webgpu']);
  });

  it('is compared anew with other weights and in another browser', async () => {
    const wrong = answering({ webgl: new Float32Array(4), wasm: RIGHT });
    expect(await computesRightly('webgl', CROP, wrong)).toBe(false);
    const right = answering({ webgl: RIGHT, wasm: RIGHT });
    expect(await computesRightly('webgl', RESNET, right)).toBe(true);
    expect(await computesRightly('webgl', CROP, right)).toBe(false);
    vi.stubGlobal('navigator', { userAgent: 'two' });
    expect(await computesRightly('webgl', CROP, right)).toBe(true);
    expect(await refusedBackends()).toEqual([]);
  });

  it('that does not run is not remembered as wrong', async () => {
    await expect(computesRightly('webgpu', CROP, answering({ wasm: RIGHT }))).rejects.toThrow('does not run');
    expect(await computesRightly('webgpu', CROP, answering({ webgpu: RIGHT, wasm: RIGHT }))).toBe(true);
  });

  it('is no matter of trust where it is the measure itself, or has no driver below it', async () => {
    const answers = answering({});
    for (const name of ['wasm', 'cpu'] as const) expect(await computesRightly(name, CROP, answers)).toBe(true);
    expect(answers).not.toHaveBeenCalled();
  });
});

it('features of weights go as a whole, and those of others stay', async () => {
  const of = (length: number) => ({ m: new Float32Array(length), q: new Float32Array(length) });
  await storeBytes(['a']);
  for (const id of [CROP, SQUASH]) await putFeatures(id, [{ sha256: 'a', variant: '', features: of(1280) }]);
  await putFeatures(RESNET, [{ sha256: 'a', variant: '', features: of(2048) }]);
  await dropFeatures(CROP);
  expect(await featuredImages(CROP)).toEqual(new Set());
  expect(await featuredImages(SQUASH)).toEqual(new Set());
  expect(await featuredImages(RESNET)).toEqual(new Set(['a']));
});

it('the fixed images are two, and differ in every channel', () => {
  const pixels = fixedImages(8);
  expect(pixels).toHaveLength(2 * 8 * 8 * 3);
  for (const c of [0, 1, 2]) {
    const channel = (image: number) => Array.from({ length: 64 }, (_, i) => pixels[image * 192 + i * 3 + c]!);
    expect(new Set(channel(0)).size).toBeGreaterThan(8);
    expect(new Set(channel(1)).size).toBe(8);
  }
  expect(distance([1], [])).toBe(Number.POSITIVE_INFINITY);
});
