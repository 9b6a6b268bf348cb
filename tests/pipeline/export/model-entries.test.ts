// model.zip as a whole, in every format: labels of every kind come through, and its size is what was told before.
import { describe, expect, it } from 'vitest';
import { backboneOf } from '../../../src/backbones';
import { inputLength } from '../../../src/backbones/together';
import type { BackboneInfo } from '../../../src/contract/features';
import type { HeadWeights } from '../../../src/contract/head';
import type { Model } from '../../../src/contract/report';
import { modelEntries } from '../../../src/pipeline/export/model-entries';
import {
  MODEL_DEFAULTS,
  MODEL_FORMAT_NAMES,
  MODEL_FORMATS,
  type ModelOptions,
} from '../../../src/pipeline/export/model-options';
import { modelSize } from '../../../src/pipeline/export/model-size';
import { oneLine } from '../../../src/pipeline/export/one-line';
import { LAYERS } from '../features/seeded-networks';
import { ODD_NAMES } from './odd-labels';

const info = (family: BackboneInfo['family']): BackboneInfo => ({
  id: `${family}-0123456789abcdef-crop224`,
  family,
  weights: 'file',
  source: 'weights.h5',
});
const LITE0 = [info('efficientnet-lite0')] as const;
const RESNET = [info('keras-v1')] as const;
const BOTH = [...LITE0, ...RESNET] as const;

function modelOf([backbone, ...beside]: readonly [BackboneInfo, ...BackboneInfo[]], names = ['a', 'b', 'c']): Model {
  const networks = { backbone, ...(beside.length > 0 && { beside }) };
  const rows = inputLength(networks);
  const w = { rows, columns: names.length, values: new Float32Array(rows * names.length).fill(0.01) };
  const head: HeadWeights = { kind: 'linear', w, b: new Float32Array(names.length), l2: 0 };
  const accuracy = { testAccuracy: 1, validAccuracy: 1, trainAccuracy: 1, confusion: { labels: [], matrix: [] } };
  const rest = { head: { choice: 'linear', kind: 'linear', options: {} }, counts: {}, perClass: [], history: [] };
  return {
    ...networks,
    id: 'model',
    createdAt: 0,
    labels: names.map((name, i) => ({ id: `${i}`, name, folder: `folder-${i}` })),
    head,
    report: { labels: names, trainedAt: 0, backbone, ...accuracy, ...rest },
    verdicts: [],
  } as unknown as Model;
}

/** The files of the model by their paths, unless `kept` is false, and how many bytes they are. */
async function written(model: Model, options: ModelOptions, kept = true) {
  const all = [model.backbone, ...(model.beside ?? [])];
  const networks = all.map(({ family }) => ({ backbone: backboneOf(family), layers: LAYERS[family] }));
  const versions = { gleaner: '0.1.0', tfjs: '4.22.0' };
  const files = new Map<string, string>();
  let bytes = 0;
  for await (const entry of modelEntries({ model, networks, versions, licence: [], reportPage: undefined }, options)) {
    if (kept) files.set(entry.path, new TextDecoder().decode(entry.bytes));
    bytes += entry.bytes.length;
  }
  return { files, bytes };
}

it('keeps names of every kind as they are in every format', async () => {
  const model = modelOf(LITE0, ODD_NAMES);
  const formats = [...MODEL_FORMAT_NAMES];
  const { files } = await written(model, { ...MODEL_DEFAULTS, formats });
  const json = (path: string) => JSON.parse(files.get(path)!);
  expect(json('labels.json')).toEqual(ODD_NAMES);
  expect(files.get('labels.txt')!.split('\n')).toEqual([...ODD_NAMES.map((name, i) => `${i} ${oneLine(name)}`), '']);
  expect(json('report.json').labels).toEqual(ODD_NAMES);
  expect(json('tfjs/model.json').userDefinedMetadata.labels).toEqual(ODD_NAMES);
  expect(json('teachable-machine/metadata.json').labels).toEqual(ODD_NAMES);
  // As one word of its metadata, in UTF-8.
  expect(files.get('onnx/model.onnx')).toContain(JSON.stringify(ODD_NAMES));
  // The list that lies in the file; `tflite.test.ts` unpacks it. The Keras file has no place for names.
  for (const path of ['tflite/model.tflite', 'tflite-int8/model.tflite'])
    expect(files.get(path)).toContain('labels.txt');
  // No name leads a file out of its folder.
  for (const path of files.keys()) expect(path).toMatch(/^(?:[\w-]+\/)?[\w.-]+$/);
});

it('writes 16 bits only in formats whose reader knows them', async () => {
  for (const format of MODEL_FORMAT_NAMES) {
    const bytes = async (half: boolean) =>
      (await written(modelOf(LITE0), { ...MODEL_DEFAULTS, formats: [format], half }, false)).bytes;
    // The README says it, where it is so.
    if (MODEL_FORMATS[format].half) expect(await bytes(true), format).toBeLessThan((await bytes(false)) * 0.66);
    else expect(await bytes(true), format).toBeGreaterThanOrEqual(await bytes(false));
  }
});

it('has no line that a reader would take for two', () => {
  // Python's of `splitlines`, and C's end of a text.
  const ends = ['\n', '\v', '\f', '\r', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029', '\0'];
  for (const name of [...ODD_NAMES, ends.join('a')]) {
    expect(ends.filter(end => oneLine(name).includes(end))).toEqual([]);
    expect(oneLine(name).replaceAll(' ', '')).toBe(name.replace(/[\s\p{Cc}]/gu, ''));
  }
});

describe('the size told before', () => {
  const cases: [string, Model, ModelOptions][] = MODEL_FORMAT_NAMES.flatMap(format =>
    [false, true].flatMap(half => {
      if (half && !MODEL_FORMATS[format].half) return [];
      const words = `${format}${half ? ' in half precision' : ''} on EfficientNet-Lite0`;
      return [[words, modelOf(LITE0), { formats: [format], half, headOnly: false }]];
    }),
  );
  it.each([
    ...cases,
    ['tfjs in half precision on ResNet-50', modelOf(RESNET), { ...MODEL_DEFAULTS, half: true }],
    ['8 bits on ResNet-50', modelOf(RESNET), { ...MODEL_DEFAULTS, formats: ['tflite-int8'] }],
    ['8 bits on both', modelOf(BOTH), { ...MODEL_DEFAULTS, formats: ['tflite-int8'] }],
  ])('of %s is within a twentieth', async (_, model, options) => {
    const { bytes } = await written(model, options as ModelOptions, false);
    const told = modelSize(model, options as ModelOptions) / bytes;
    const mend = 'Another size is told than is written: see `bytes` in model-options.ts, and model-size.ts.';
    expect(told, mend).toBeGreaterThan(0.95);
    expect(told, mend).toBeLessThan(1.05);
  });
});
