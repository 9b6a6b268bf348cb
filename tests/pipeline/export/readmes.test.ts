// The READMEs in exports as a Markdown reader shows them: words of strangers stay words, whatever stands in them.
import { JSDOM } from 'jsdom';
import { marked } from 'marked';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../../src/contract/backbone';
import type { Label } from '../../../src/contract/label';
import type { Model } from '../../../src/contract/report';
import { datasetCard } from '../../../src/pipeline/export/dataset-card';
import { cardHead } from '../../../src/pipeline/export/model-card';
import { modelFormats } from '../../../src/pipeline/export/model-formats';
import { MODEL_FORMAT_NAMES } from '../../../src/pipeline/export/model-options';
import { modelReadme } from '../../../src/pipeline/export/model-readme';
import { cardNames } from './card-names';

const HOSTILE = [
  '`<img src=x onerror=alert(1)>`',
  '``` <script>alert(1)</script> ```',
  '~~~\n<iframe src=//evil.example>',
  'a` ![x](https://evil.example/x.png) `b',
  '[click](javascript:alert(1))',
  '<https://evil.example>',
  'https://evil.example/ and www.evil.example',
  '| a | b |\n|---|---|\n| c | d |',
  '</code></pre><form action=//evil.example>',
  '\\`<b>x</b>',
  '# heading\n\n- list\n> quotation',
  '"]))\n```\n<svg onload=alert(1)>',
  '&lt;b&gt; &#60;i&#62;',
  '***strong*** __also__ ~~gone~~ $x$ :smile: @someone',
  '1. first',
  '\u2028<b>\u2029```',
  '--- \n===',
];

/** What a reader shows that lets HTML through, as many do. */
function shown(markdown: string): Document {
  return new JSDOM(marked.parse(markdown.replace(/^---[\s\S]*?\n---\n/, ''), { async: false, gfm: true })).window
    .document;
}

const tags = (page: Document) =>
  [...new Set([...page.body.querySelectorAll('*')].map(({ tagName }) => tagName))].sort();
const links = (page: Document) => [...page.querySelectorAll('a')].map(link => link.href);
const plain = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();

describe('the dataset card', () => {
  const written = (names: string[]) => {
    const labels = names.map((name, n) => ({
      id: `${n}`,
      name,
      folder: name.slice(0, 40) || 'x',
      colour: 0,
      createdAt: 0,
    })) as Label[];
    const counts = new Map(labels.map(({ folder }) => [folder, { train: 1, valid: 1, test: 1 }]));
    return datasetCard(labels, { counts, unreadable: 0 });
  };
  const card = (names: string[]) => shown(written(names));
  const harmless = card(['bears']);

  it.each(HOSTILE)('shows %j as it is', name => {
    const page = card([name, 'bears']);
    expect(tags(page)).toEqual(tags(harmless));
    expect(links(page)).toEqual(links(harmless));
    expect(page.querySelectorAll('tr')).toHaveLength(3);
    expect(page.querySelectorAll('pre')).toHaveLength(harmless.querySelectorAll('pre').length);
    const cell = page.querySelector('td');
    expect(plain(cell?.textContent ?? null)).toBe(plain(name));
  });

  it('gives the names to Hugging Face as they are, in a head that is words to whoever knows no heads', () => {
    const odd = ['null', '007', '1e3', '2024-01-05', 'true', 'Ünïcödé ß 日本語 🐻‍❄️', '\ufeff\x7f\x85\0', "don't: #1"];
    const names = [...HOSTILE, ...odd];
    expect(cardNames(written(names))).toEqual(names);
    const asText = (card: string) => shown(card.replace(/^---/, ''));
    expect(tags(asText(written(names)))).toEqual(tags(asText(written(['bears']))));
    expect(links(asText(written(names)))).toEqual(links(asText(written(['bears']))));
  });
});

describe("the model's README", () => {
  const readme = (labels: string[], id: string, source = 'weights.h5', matrix: number[][] = []) =>
    shown(
      modelReadme(
        {
          backbone: { id, weights: 'file', family: 'keras-v1', source },
          head: { kind: 'linear' },
          report: { labels, trainedAt: 0, confusion: { labels, matrix } },
        } as unknown as Model,
        'Gleaner 0.1.0',
        { formats: ['tfjs'], half: false, headOnly: false } as Parameters<typeof modelReadme>[2],
        true,
      ),
    );
  const harmless = readme(['bears'], 'resnet50-keras-v1-0123456789abcdef-squash224');

  it.each([
    [[], 'How good it is with new images is not known: no image was kept for a test.'],
    [[[1]], 'Of 1 test image, from which it has not learnt, it got 1 right: too few to say how good it is.'],
    [
      [
        [2, 1],
        [0, 0],
      ],
      'Of 3 test images, from which it has not learnt, it got 2 right: too few to say',
    ],
    [
      [
        [9, 1],
        [1, 11],
      ],
      'Of 22 test images, from which it has not learnt, it got 20 right: an accuracy of 90.9%',
    ],
  ])('says how good it is, and no more than the test shows: %j', (matrix, words) => {
    const text = plain(readme(['bears', 'cats'], 'resnet50', 'weights.h5', matrix).body.textContent);
    expect(text).toContain(words);
    expect(text).not.toContain('NaN');
  });

  it('claims an accuracy before Hugging Face only where enough images bear it', () => {
    const head = (matrix: number[][]) =>
      cardHead(
        {
          backbone: { weights: 'file', family: 'keras-v1' },
          report: { testAccuracy: 1, confusion: { labels: [], matrix } },
        } as unknown as Model,
        { formats: ['tfjs'], half: false, headOnly: false },
      );
    expect(head([[12]])).toContain('model-index');
    for (const few of [[], [[0]], [[9]]]) expect(head(few)).not.toContain('model-index');
  });

  it('names both backbones where the head reads two, in the order in which it does, and the licence of each', () => {
    const lite = { id: 'efficientnet-lite0-a-crop224', family: 'efficientnet-lite0', source: 'Google', packed: true };
    const text = (headOnly: boolean) =>
      plain(
        shown(
          modelReadme(
            {
              backbone: {
                id: 'resnet50-keras-v1-b-crop224',
                weights: 'file',
                family: 'keras-v1',
                source: 'weights.h5',
              },
              beside: [lite],
              head: { kind: 'linear' },
              report: { labels: ['a', 'b'], trainedAt: 0, confusion: { labels: ['a', 'b'], matrix: [] } },
            } as unknown as Model,
            'Gleaner 0.1.0',
            { formats: ['tfjs'], half: false, headOnly },
            false,
          ),
        ).body.textContent,
      );
    expect(text(false)).toContain(
      'on the ResNet-50 backbone (resnet50-keras-v1-b-crop224) and the EfficientNet-Lite0 backbone (efficientnet-lite0-a-crop224), kept frozen',
    );
    expect(text(false)).toMatch(/MIT.*Apache-2\.0, whose text and notice lie in backbone/);
    expect(text(true)).toMatch(
      /\[batch, 3328\].*of ResNet-50 \(.*, 2048 values\), then .*EfficientNet-Lite0 \(top_conv, 1280 values\)/,
    );
  });

  it.each(HOSTILE)('shows %j as it is, as a label, as a backbone and as its file', name => {
    for (const page of [readme([name], 'resnet50'), readme(['bears'], name), readme(['bears'], 'resnet50', name)]) {
      expect(tags(page)).toEqual(tags(harmless));
      expect(links(page)).toEqual([]);
      expect(plain(page.body.textContent)).toContain(plain(name));
    }
  });
});

describe.each(MODEL_FORMAT_NAMES)('the README of %s', format => {
  const readme = (geometry: Geometry, headOnly: boolean) =>
    modelFormats[format].readme({ headOnly, side: 224, length: 2048, geometry });
  const programs = (text: string, language: string) =>
    [...text.matchAll(new RegExp(`\\n\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`\\n`, 'g'))].map(([, code]) => code!);

  it.each([
    ['crop', false],
    ['squash', false],
    ['squash', true],
  ] as const)('shows programs that are whole, for what is seen as %s (head only: %s)', (geometry, headOnly) => {
    const text = readme(geometry, headOnly);
    const scripts = programs(text, 'js');
    const inPython = programs(text, 'python');
    expect(scripts.length + inPython.length, 'Show a whole program, in ```js or ```python.').toBeGreaterThan(0);
    for (const code of scripts) expect(() => parseAst(code, { lang: 'js' }), code).not.toThrow();
    // Each names the file it reads, and what is in its folder.
    for (const code of [...scripts, ...inPython]) expect(code).toContain(`${format}/model.`);
    if (headOnly) return;
    for (const code of inPython) expect(code.includes('ImageOps.fit')).toBe(geometry === 'crop');
    for (const code of inPython) expect(code).toContain("encoding='utf-8'");
  });
});
