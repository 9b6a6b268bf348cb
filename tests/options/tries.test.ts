// Images that are tried: none is decoded before its bytes were looked at, and a correction says what it is worth.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleRow } from '../../harness/rows';
import type { Label } from '../../src/contract/label';
import type { Model, Prediction } from '../../src/contract/report';
import type { Sample, Split } from '../../src/contract/sample';

const { there, predictImage, moveSamples, add } = vi.hoisted(() => ({
  there: new Map<string, Sample>(),
  predictImage: vi.fn(),
  moveSamples: vi.fn(),
  add: vi.fn(),
}));
vi.mock('webextension-polyfill', () => ({
  default: { i18n: { getMessage: (key: string, words: string[] = []) => [key, ...words].join(' ') } },
}));
vi.mock('../../src/edges/store/samples', () => ({ sampleByHash: async (hash: string) => there.get(hash) }));
vi.mock('../../src/entries/workers/predictor', () => ({ predictImage }));
vi.mock('../../src/entries/workers/nearest', () => ({ nearestLearnt: async () => [], hasLearnt: () => true }));
vi.mock('../../src/entries/options/app/changes', () => ({ moveSamples }));
vi.mock('../../src/entries/options/dataset/adding', () => ({ add }));
vi.mock('../../src/entries/options/app/state', async () => {
  const { signal } = await import('@preact/signals');
  return { model: signal<Model>() };
});

const { model } = await import('../../src/entries/options/app/state');
const { answerTries, clearTries, correct, tries, tryImages } = await import('../../src/entries/options/try/tries');

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => new File([bytes], name, { type: 'image/png' });
const [bear, cat] = ['bear', 'cat'].map(name => ({ id: name, name, folder: name, colour: 0, createdAt: 0 })) as [
  Label,
  Label,
];
const settled = () => vi.waitFor(() => expect(tries.value.every(one => one.prediction ?? one.wrong)).toBe(true));

beforeEach(() => {
  clearTries();
  there.clear();
  vi.clearAllMocks();
  answerTries(false);
  model.value = { id: 'm', labels: [bear, cat], verdicts: [] } as unknown as Model;
  predictImage.mockResolvedValue({ top: [{ label: 'bear', p: 1 }] } as unknown as Prediction);
});

describe('an image that is tried', () => {
  it('may be decoded once its bytes were looked at, be it 1 × 1, and is answered', async () => {
    tryImages([file(PNG, 'dot.png')]);
    // What it shows itself by is missing until then.
    expect(tries.value[0]?.sha256).toBeUndefined();
    await settled();
    expect(tries.value[0]).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), modelId: 'm' });
  });

  it.each([
    ['no image', new Uint8Array(40)],
    ['empty', new Uint8Array()],
    ['a claim of a billion pixels', Uint8Array.from(PNG, (byte, i) => (i >= 16 && i < 24 ? 127 : byte))],
  ])('is refused where it must not be decoded: %s', async (_, bytes) => {
    tryImages([file(bytes, 'odd.png')]);
    await settled();
    expect(tries.value[0]?.wrong).toMatch(/^error_picture_not_tested/);
    expect(tries.value[0]?.sha256).toBeUndefined();
    expect(predictImage).not.toHaveBeenCalled();
  });

  it('is looked at during a training too, and answered after it', async () => {
    answerTries(true);
    tryImages([file(PNG, 'dot.png')]);
    await vi.waitFor(() => expect(tries.value[0]?.sha256).toBeDefined());
    expect(predictImage).not.toHaveBeenCalled();
    answerTries(false);
    await settled();
  });
});

describe('a correction', () => {
  const put = async (before: Partial<Sample> | undefined, split: Split) => {
    tryImages([file(PNG, 'dot.png')]);
    await settled();
    const [tried] = tries.value;
    const hash = tried!.sha256!;
    if (before) there.set(hash, sampleRow(hash, { labelId: cat.id, split, ...before }));
    const now = async () => void there.set(hash, sampleRow(hash, { labelId: bear.id, split }));
    moveSamples.mockImplementation(now);
    add.mockImplementation(now);
    await correct(tried!, bear);
    return tries.value[0]?.corrected;
  };

  it('is learnt from next time', async () => {
    expect(await put(undefined, 'train')).toEqual({ label: 'bear', as: 'learnt_from' });
    expect(add).toHaveBeenCalledOnce();
  });

  it('of an image of the dataset moves it', async () => {
    expect(await put({}, 'valid')).toEqual({ label: 'bear', as: 'learnt_from' });
    expect([moveSamples.mock.calls.length, add.mock.calls.length]).toEqual([1, 0]);
  });

  it('says where it is only tested with, and where it stood there already', async () => {
    expect(await put(undefined, 'test')).toEqual({ label: 'bear', as: 'test' });
    clearTries();
    there.clear();
    expect(await put({ labelId: bear.id }, 'train')).toEqual({ label: 'bear', as: 'there' });
  });

  it('is none where the image was not taken', async () => {
    tryImages([file(PNG, 'dot.png')]);
    await settled();
    add.mockResolvedValue(undefined);
    await correct(tries.value[0]!, bear);
    expect(tries.value[0]?.corrected).toBeUndefined();
  });
});
