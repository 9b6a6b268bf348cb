// The shared page holds the very model: its numbers come back, no word of a stranger becomes markup, and only its script runs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { wanted } from '../../../scripts/build/shared-page';
import { backboneOf } from '../../../src/backbones';
import type { FoldedLayer } from '../../../src/contract/backbone';
import type { HeadWeights } from '../../../src/contract/head';
import type { Model } from '../../../src/contract/report';
import { sharedName } from '../../../src/contract/shared-page';
import { openModel } from '../../../src/entries/share-page/shared-model';
import { sharedWords } from '../../../src/entries/share-page/shared-words';
import { float16, fromHalf } from '../../../src/formats/half';
import { sharedSize } from '../../../src/pipeline/export/model-size';
import { type ShareSource, sharedPage } from '../../../src/pipeline/export/shared-page';
import { seededRandom } from '../../../src/pipeline/head/random';
import { LAYERS } from '../features/seeded-networks';
import { ODD_NAMES } from './odd-labels';

const TEMPLATE = readFileSync(
  join(import.meta.dirname, '../../../src/entries/share-page/template.txt'),
  'utf8',
).replace('[[style]]', '');
const SCRIPT = 'globalThis.ran = true;';
const { length } = backboneOf('efficientnet-lite0');
const random = seededRandom(3);
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.uniform() - 0.5);

const linear = (labels: number): HeadWeights => ({
  kind: 'linear',
  w: { rows: length, columns: labels, values: numbers(length * labels) },
  b: numbers(labels),
  l2: 0,
});
const article = (labels: number): HeadWeights => ({
  kind: 'article',
  w1: { rows: length, columns: 4, values: numbers(length * 4) },
  b1: numbers(4),
  gamma: numbers(4),
  beta: numbers(4),
  mean: numbers(4),
  variance: numbers(4),
  w2: { rows: 4, columns: labels, values: numbers(4 * labels) },
  b2: numbers(labels),
});

function source(names: string[], head: HeadWeights, part: Partial<ShareSource> = {}): ShareSource {
  const model = {
    labels: names.map(name => ({ id: name, name, folder: name })),
    backbone: {
      id: 'efficientnet-lite0-b162cb0e1da74881-crop224',
      family: 'efficientnet-lite0',
      weights: 'imagenet',
      source: names[0],
    },
    head,
    resemblance: { means: float16(numbers(length * names.length)), least: 0.25 },
    report: { testAccuracy: Number.NaN, counts: {}, trainedAt: 0 },
    verdicts: [],
  } as unknown as Model;
  const words = { language: 'en', direction: 'ltr', messages: {} } as const;
  const withoutScript = `Open this file in a browser, ${names[0]}.`;
  const rest = { words, withoutScript, layers: [], gleaner: '0.1.0', licences: [], report: undefined };
  return { template: TEMPLATE, script: SCRIPT, title: names.join(', '), model, ...rest, ...part };
}

function file(given: ShareSource): string {
  return new TextDecoder().decode(Buffer.concat([...sharedPage(given)]));
}

/** The page as a browser reads it, without running it. */
const page = (html: string) => new JSDOM(html).window.document;

/** Its blocks of data alone: a document of nine million letters takes seconds. */
function data(html: string): Document {
  const getElementById = (id: string) => {
    const [, textContent = ''] = new RegExp(`id="${id}">([^<]*)`).exec(html) ?? [];
    return { textContent, remove: () => undefined };
  };
  return { getElementById } as unknown as Document;
}

/** As the built-in network's file has them: batch norm's four vectors instead of a bias. */
const BUILT_IN_PARTS = LAYERS['efficientnet-lite0'].map(({ name, kernel, bias }) => ({
  name,
  parts: { kernel, gamma: bias, beta: bias, mean: bias, variance: bias },
}));
const FOLDED = LAYERS['efficientnet-lite0'].map(({ name, kernel, bias }) => ({ name, parts: { kernel, bias } }));

/** The numbers of a file, to be changed. */
function numbersIn(html: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(/id="numbers">([^<]*)/.exec(html)?.[1] ?? '', 'base64'));
}

describe.each([
  ['linear', linear],
  ['article', article],
])('a page with a head of kind %s', (_, head) => {
  it('gives back network, head and resemblance, to half precision', () => {
    const given = source(['a', 'b', 'c'], head(3), { layers: FOLDED });
    const read = data(file(given));
    const { networks, head: found, resemblance } = openModel(sharedWords(read), read);
    const { layers } = networks[0]!;
    expect(layers.map(({ name }) => name)).toEqual(LAYERS['efficientnet-lite0'].map(({ name }) => name));
    for (const [i, { kernel, bias }] of layers.entries()) {
      const exact = LAYERS['efficientnet-lite0'][i]!;
      expect(Buffer.from(kernel.buffer).equals(Buffer.from(fromHalf(float16(exact.kernel)).buffer))).toBe(true);
      expect(bias).toEqual(exact.bias);
    }
    const expected = given.model.head;
    if (expected.kind === 'linear') expect(found).toEqual(expected);
    else expect(found).toEqual({ ...expected, w1: { ...expected.w1, values: fromHalf(float16(expected.w1.values)) } });
    expect(resemblance).toEqual(given.model.resemblance);
  });
});

it('gives back two networks where the head reads both, also such as have layers of the same names', () => {
  const id = 'efficientnet-lite0-0123456789abcdef-crop224';
  const beside = [{ id, family: 'efficientnet-lite0', weights: 'file', source: 'own.h5' }] as const;
  const other = FOLDED.map(({ name, parts }) => ({
    name: sharedName(name, 1),
    parts: { kernel: parts.kernel, bias: parts.bias.map(value => value + 1) },
  }));
  const head = {
    kind: 'linear',
    w: { rows: 2 * length, columns: 2, values: numbers(4 * length) },
    b: numbers(2),
    l2: 0,
  };
  const given = source(['a', 'b'], head as HeadWeights, { layers: [...FOLDED, ...other] });
  const read = data(file({ ...given, model: { ...given.model, beside, resemblance: undefined } as unknown as Model }));
  const { networks, head: found } = openModel(sharedWords(read), read);
  expect(networks.map(({ layers }) => layers[3]!.bias)).toEqual([FOLDED[3]!.parts.bias, other[3]!.parts.bias]);
  expect(found).toEqual(given.model.head);
});

it('folds what a file holds with its batch norm as the extension does', () => {
  const norm = (layer: FoldedLayer) => {
    const ones = new Float32Array(layer.bias.length).fill(1);
    const kernel = fromHalf(float16(layer.kernel));
    return {
      kernel,
      gamma: ones,
      beta: new Float32Array(ones.length),
      mean: new Float32Array(ones.length),
      variance: ones,
    };
  };
  const layers = LAYERS['efficientnet-lite0'].map(layer => ({ name: layer.name, parts: norm(layer) }));
  const read = data(file(source(['a', 'b'], linear(2), { layers })));
  const [first] = openModel(sharedWords(read), read).networks[0]!.layers;
  const scale = 1 / Math.sqrt(1 + backboneOf('efficientnet-lite0').file.epsilon);
  expect(first!.kernel[5]).toBeCloseTo(layers[0]!.parts.kernel[5]! * scale, 6);
});

it('keeps names of every kind as they are, and makes markup of none', () => {
  const harmless = page(file(source(['a'], linear(1))));
  const html = file(source(ODD_NAMES, linear(ODD_NAMES.length)));
  const read = page(html);
  expect(sharedWords(read).labels).toEqual(ODD_NAMES);
  // A document's text has one kind of line end, and no NUL.
  expect(read.querySelector('h1')?.textContent).toBe(
    ODD_NAMES.join(', ').replaceAll('\r\n', '\n').replaceAll('\0', ''),
  );
  const tags = (document: Document) => [...document.querySelectorAll('*')].map(({ tagName }) => tagName);
  expect(tags(read)).toEqual(tags(harmless));
});

it('says where no script may run that a browser is wanted', () => {
  const withoutScript = 'Open <it> in a browser & try.';
  const read = page(file(source(['a'], linear(1), { withoutScript })));
  // A parser that runs no scripts reads what such viewers show.
  expect(read.querySelector('#page noscript p')?.textContent).toBe(withoutScript);
});

it('is as large as was told before, within a tenth', () => {
  const layers = BUILT_IN_PARTS;
  const bytes = [...sharedPage(source(['a', 'b', 'c'], linear(3), { layers, script: 'x'.repeat(110_000) }))];
  const length = bytes.reduce((sum, piece) => sum + piece.length, 0);
  const told = sharedSize(source(['a', 'b', 'c'], linear(3)).model, false);
  expect(told / length).toBeGreaterThan(0.9);
  expect(told / length).toBeLessThan(1.1);
});

it('goes without a report where there is none, and holds one apart from its own style where there is', () => {
  const drawn = { style: 'p { color: red }', html: '<article><p>Accuracy</p></article>' };
  const without = file(source(['a'], linear(1)));
  const withOne = file(source(['a'], linear(1), { report: drawn }));
  expect(without).toContain('<div id="report"></div>');
  expect(withOne).toContain(`<template shadowrootmode="open"><style>${drawn.style}</style>${drawn.html}</template>`);
});

it('says of a file that was cut off or changed that it is damaged', () => {
  const html = file(source(['a', 'b'], linear(2), { layers: FOLDED }));
  const words = html.indexOf('id="model">') + 30;
  for (const broken of [html.slice(0, words), html.slice(0, html.length / 2), html.replace('"bits":16', '"bits":32')]) {
    const read = data(broken);
    expect(() => openModel(sharedWords(read), read)).toThrow('shared_damaged');
  }
});

it('has its words before all that is long, so that it can say that it was cut off', () => {
  const report = { style: '', html: '<p>long</p>' };
  const html = file(source(['a', 'b'], linear(2), { layers: FOLDED, report }));
  const read = page(html.slice(0, html.indexOf('<p>long')));
  expect(JSON.parse(read.getElementById('words')?.textContent ?? '')).toMatchObject({ language: 'en' });
  expect(sharedWords(read).labels).toEqual(['a', 'b']);
});

describe('of a file whose numbers were changed', () => {
  const html = file(source(['a', 'b', 'c'], article(3), { layers: FOLDED }));
  const flat = file(source(['a', 'b', 'c'], linear(3), { layers: FOLDED }));
  const { arrays } = sharedWords(data(html));
  const open = (changed: string) => {
    const read = data(changed);
    return openModel(sharedWords(read), read);
  };

  it('no array is taken that has another length, though all of them together are as long as before', () => {
    const [kernel, bias] = arrays.filter(({ name }) => /\/(?:kernel|bias)$/.test(name));
    const told = (length: (array: typeof kernel) => number | undefined) =>
      arrays.map(array => ({ ...array, length: length(array) ?? array.length }));
    // What the kernel lacks, in half as many bytes, its bias has too much.
    const changed = told(one => (one === kernel ? one!.length - 2 : one === bias ? one!.length + 1 : undefined));
    expect(() => open(html.replace(JSON.stringify(arrays), JSON.stringify(changed)))).toThrow('shared_damaged');
  });

  it('none is taken that is no number, or of which no root can be taken', () => {
    const { byteLength } = numbersIn(html);
    for (const [name, value] of [
      ['head/b2', Number.NaN],
      ['head/variance', -1],
    ] as const) {
      let at = 0;
      for (const one of arrays) {
        if (one.name === name) break;
        at += (one.length * one.bits) / 8;
      }
      const bytes = numbersIn(html);
      expect(at).toBeLessThan(byteLength);
      new DataView(bytes.buffer, bytes.byteOffset).setFloat32(at, value, true);
      const changed = html.replace(/id="numbers">[^<]*/, `id="numbers">${Buffer.from(bytes).toString('base64')}`);
      expect(() => open(changed), name).toThrow('shared_damaged');
    }
  });

  it('no label may be missing or too many', () => {
    for (const sound of [html, flat])
      for (const labels of ['["a","b"]', '["a","b","c","d"]'])
        expect(() => open(sound.replace('"labels":["a","b","c"]', `"labels":${labels}`))).toThrow('shared_damaged');
  });
});

it('lets no script run but the one it was made with, and nothing be loaded', () => {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const read = page(file(source(['a'], linear(1), { template: TEMPLATE.replace('[[hash]]', `sha256-${hash}`) })));
  const policy = read.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  const rules = new Map(policy.split('; ').map(rule => [rule.split(' ')[0], rule.split(' ').slice(1)]));
  expect(rules.get('default-src')).toEqual(["'none'"]);
  expect(rules.get('script-src')).toEqual([`'sha256-${hash}'`, "'wasm-unsafe-eval'"]);
  expect([...rules.keys()]).not.toContain('connect-src');
  const scripts = [...read.querySelectorAll('script:not([type="application/json"], [type="text/plain"])')];
  expect(scripts.map(({ textContent }) => textContent)).toEqual([SCRIPT]);
  expect([...read.querySelectorAll('[src], link[href]:not([href="data:,"])')]).toEqual([]);
});

it('finds the sentences that code asks for, however it names them', () => {
  const wants = wanted([`t('plain'); t(\`begun_\${code}\`); plural('counted', n); t('with-dash')`]);
  const keys = ['plain', 'begun_so', 'counted_one', 'with_dash', 'other', 'plainly'];
  expect(keys.filter(wants)).toEqual(['plain', 'begun_so', 'counted_one', 'with_dash']);
});
