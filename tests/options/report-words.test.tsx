// @vitest-environment jsdom
// What the report says in words, in both languages: right ones are recognised and not taken for themselves, errors look like errors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportRow } from '../../harness/rows';
import type { Model, Verdict } from '../../src/contract/report';
import { percent } from '../../src/edges/i18n';
import { ConfusionMatrix } from '../../src/entries/options/report/confusion-matrix';
import { ConfusionTable } from '../../src/entries/options/report/confusion-table';
import { HowTrained } from '../../src/entries/options/report/how-trained';
import { sureWords, verdictWords } from '../../src/entries/options/report/verdict-words';
import { Words } from '../../src/entries/options/report/words';
import { historyPlots } from '../../src/entries/options/train/history-charts';
import { testedFigure, testedWords } from '../../src/entries/parts/tested-words';

/** The sentences of a language, as a browser gives them. */
const { speak, getMessage } = vi.hoisted(() => {
  let sentences: Record<string, { message: string }> = {};
  return {
    speak: (spoken: typeof sentences) => {
      sentences = spoken;
    },
    getMessage: (key: string, gaps: string[] = []) =>
      (sentences[key]?.message ?? '').replace(/\$(\d)/g, (_, n) => gaps[Number(n) - 1] ?? ''),
  };
});
vi.mock('webextension-polyfill', () => ({ default: { i18n: { getMessage } } }));

const LOCALES = join(import.meta.dirname, '../../public/_locales');
const language = (name: 'en' | 'de') => speak(JSON.parse(readFileSync(join(LOCALES, name, 'messages.json'), 'utf8')));

const [black, grizzly] = ['black bear', 'grizzly bear'] as const;
const names = [black, grizzly] as const;
const labels = names.map((name, i) => ({ id: String(i), name, folder: name }));
let made = 0;
const verdict = (truth: number, predicted: number): Verdict => ({
  sha256: `image ${made++}`,
  split: 'test',
  truth,
  p: predicted === 0 ? [0.864, 0.136] : [0.136, 0.864],
});
/** 9 and 9 of 10 are right, the larger label has thirty images more. */
const verdicts = [
  ...Array.from({ length: 9 }, () => verdict(0, 0)),
  verdict(0, 1),
  ...Array.from({ length: 10 }, () => verdict(1, 1)),
];
const matrix = [
  [9, 1],
  [0, 10],
];
const report = reportRow([black, grizzly], {
  counts: { [black]: { train: 20, valid: 5, test: 10 }, [grizzly]: { train: 45, valid: 10, test: 10 } },
  confusion: { labels: [black, grizzly], matrix },
});
const model = { labels, report, verdicts } as unknown as Model;

const place = document.createElement('div');
/** Without the marks that keep names of another direction apart. */
const plain = (text: string | null) => (text ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\u00a0/g, ' ');
const shown = () => plain(place.textContent);
afterEach(() => render(null, place));

describe('the report in words', () => {
  it('says how good, what is confused, and what would help', () => {
    language('en');
    render(<Words model={model} images={some => <i>{some.length} shown</i>} />, place);
    expect(shown()).toContain('About 9 of 10 new images are recognised correctly');
    expect(shown()).toContain('19 of 20 were right. So of 10 new images between 7 and 10 should be.');
    expect(shown()).toContain('1 of 10 test images of black bear was taken for grizzly bear');
    expect(shown()).toContain('1 shown');
    expect(shown()).toContain(
      '30 more images of black bear would probably help most: it has 35, the largest label 65.',
    );
  });

  it('says the same in German', () => {
    language('de');
    render(<Words model={model} images={() => null} />, place);
    expect(shown()).toContain('1 von 10 Testbildern von black bear wurde für grizzly bear gehalten');
    expect(shown()).toContain('30 weitere Bilder von black bear helfen: Es sind 35, beim größten Label 65.');
  });

  describe.each([
    ['en', 0, 0, 'How good it is cannot be told', ''],
    [
      'en',
      1,
      1,
      'Too few test images',
      'with 1 image it has not learnt from; right: 1. Of 10 new images, anything from 2 to 10 may',
    ],
    ['en', 0, 1, 'Too few test images', 'right: 0. Of 10 new images, anything from 0 to 8 may be right.'],
    ['en', 2, 2, 'Too few test images', 'with 2 images it has not learnt from; right: 2.'],
    ['en', 10, 10, 'At least 7 of 10 new images should be recognised', '10 of 10 were right.'],
    ['en', 1, 20, 'About 1 of 10 new images is recognised correctly', '1 of 20 was right.'],
    ['en', 0, 30, 'At most 2 of 10 new images are likely', '0 of 30 were right.'],
    ['en', 0, 40, 'At most 1 of 10 new images is likely', '0 of 40 were right.'],
    [
      'de',
      1,
      1,
      'Zu wenige Testbilder',
      'mit 1 Bild, aus dem es nicht gelernt hat; richtig: 1. Von 10 neuen Bildern können es 2 bis 10 sein.',
    ],
    ['de', 2, 3, 'Zu wenige Testbilder', 'mit 3 Bildern, aus denen es nicht gelernt hat; richtig: 2.'],
    ['de', 1, 20, 'Etwa 1 von 10 neuen Bildern wird richtig erkannt', '1 von 20 war richtig.'],
    ['de', 18, 20, 'Etwa 9 von 10 neuen Bildern werden richtig erkannt', '18 von 20 waren richtig.'],
    ['de', 12, 12, 'Mindestens 7 von 10 neuen Bildern dürften', '12 von 12 waren richtig.'],
  ] as const)('of %s: %i of %i', (spoken, right, of, headline, evidence) => {
    it('claims what so many images show, in whole sentences', () => {
      language(spoken);
      const some = Array.from({ length: of }, (_, i) => verdict(0, i < right ? 0 : 1));
      const held = {
        labels,
        verdicts: some,
        report: {
          ...report,
          confusion: {
            labels: [...names],
            matrix: [
              [0, 0],
              [0, 0],
            ],
          },
        },
      };
      render(<Words model={held as unknown as Model} images={() => null} />, place);
      expect(plain(place.querySelector('.in-words')!.textContent)).toContain(headline);
      expect(shown()).toContain(evidence);
      expect(shown()).not.toMatch(/10 of 10 new|10 von 10 neuen/);
    });
  });

  it('speaks of the only test image of a label without counting it', () => {
    language('en');
    const one = {
      ...report,
      confusion: {
        labels: [...names],
        matrix: [
          [0, 1],
          [0, 9],
        ],
      },
    };
    render(<Words model={{ ...model, report: one }} images={() => null} />, place);
    expect(shown()).toContain('The only test image of black bear was taken for grizzly bear');
  });

  it('counts a handful of test images, and tells a share of more', () => {
    language('en');
    const tested = (right: number, of: number) => ({
      confusion: {
        labels: [...names],
        matrix: [
          [right, of - right],
          [0, 0],
        ],
      },
    });
    expect(testedWords(tested(0, 0))).toBeUndefined();
    expect(testedWords(tested(1, 1))).toBe('1 of 1 test image right');
    expect(testedWords(tested(20, 22))).toBe('20 of 22 test images right');
    expect([tested(0, 0), tested(3, 3), tested(20, 22), tested(199, 200)].map(testedFigure)).toEqual([
      'none',
      '3 of 3',
      '91% (20 of 22)',
      '99.5% (199 of 200)',
    ]);
    language('de');
    expect(testedWords(tested(1, 1))).toBe('1 von 1 Testbild richtig');
    expect(testedWords(tested(1, 2))).toBe('1 von 2 Testbildern richtig');
  });

  it('rounds nothing up to all of it', () => {
    language('en');
    expect([0.9996, 0.99951, 1, 0.994, 0.0004, Number.NaN].map(share => percent(share))).toEqual([
      '99.9%',
      '99.9%',
      '100.0%',
      '99.4%',
      '0.0%',
      '–',
    ]);
    expect([0.999, 0.995, 1, 0.5].map(share => percent(share, 0))).toEqual(['99%', '99%', '100%', '50%']);
  });

  it('calls what is right recognised, and writes shares as the language does', () => {
    language('en');
    expect(plain(verdictWords(names, verdict(1, 1)))).toBe('grizzly bear, recognised (86% sure)');
    expect(plain(verdictWords(names, verdict(1, 0)))).toBe('grizzly bear, taken for black bear (86% sure)');
    language('de');
    expect(plain(sureWords(verdict(1, 1)))).toBe('zu 86 % sicher');
  });
});

describe('the confusion matrix', () => {
  it('tells errors from what is right, and from what never happened, by more than their shade', () => {
    language('en');
    render(<ConfusionTable confusion={report.confusion} cell={n => n} />, place);
    const looks = [...place.querySelectorAll('tbody td')].map(cell => cell.className);
    expect(looks).toEqual(['shade-5 right', 'shade-1 wrong', 'shade-0 wrong none', 'shade-5 right']);
    // Names may take a second line rather than be cut.
    const names = [...place.querySelectorAll('thead th bdi')];
    expect(names.map(name => [name.className, name.textContent])).toEqual([
      ['two-lines', black],
      ['two-lines', grizzly],
    ]);
  });
});

it('shows no table of zeros, nor a choice among them, where nothing was tested', () => {
  language('en');
  const none = {
    ...report,
    confusion: {
      labels: [black, grizzly],
      matrix: [
        [0, 0],
        [0, 0],
      ],
    },
  };
  render(<ConfusionMatrix model={{ ...model, report: none, verdicts: [] } as Model} />, place);
  expect(place.querySelector('table')).toBeNull();
  expect(shown()).toContain('No image was kept for a test');
  expect(shown()).not.toContain('Choose a cell');
});

it('writes the losses at the edge of their curve as the language does', () => {
  const edge = () => {
    const { tickFormat } = historyPlots([], 3).loss.y as { tickFormat: (loss: number) => string };
    return tickFormat(0.0015);
  };
  language('en');
  expect(edge()).toBe('0.0015');
  language('de');
  expect(edge()).toBe('0,0015');
});

it('says how many images were learnt from, and how many were held out', () => {
  language('en');
  const backbone = { id: 'lite0-crop224', family: 'lite0', source: 'here' };
  render(<HowTrained model={{ ...model, backbone } as unknown as Model} />, place);
  expect(shown()).toContain('2 labels · 65 images to train on · 15 for validation · 20 for the test');
});
