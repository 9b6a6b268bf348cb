// @vitest-environment jsdom
// What the report says in words, in both languages: right ones are recognised and not taken for themselves, errors look like errors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportRow } from '../../harness/rows';
import type { Model, Verdict } from '../../src/contract/report';
import { ConfusionTable } from '../../src/entries/options/report/confusion-table';
import { sureWords, verdictWords } from '../../src/entries/options/report/verdict-words';
import { Words } from '../../src/entries/options/report/words';

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
const labels = [black, grizzly].map((name, i) => ({ id: String(i), name, folder: name }));
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
    expect(shown()).toContain('19 of 20 images were right. So of 10 new images between 7 and 10 should be.');
    expect(shown()).toContain('1 of 10 images of black bear were taken for grizzly bear');
    expect(shown()).toContain('1 shown');
    expect(shown()).toContain(
      '30 more images of black bear would probably help most: it has 35, the largest label 65.',
    );
  });

  it('says the same in German', () => {
    language('de');
    render(<Words model={model} images={() => null} />, place);
    expect(shown()).toContain('1 von 10 Bildern von black bear wurden für grizzly bear gehalten');
    expect(shown()).toContain('30 weitere Bilder von black bear helfen: Es sind 35, beim größten Label 65.');
  });

  it('calls what is right recognised, and writes shares as the language does', () => {
    const names = [black, grizzly];
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
