// Sentences that count: each has the forms its language needs for 0, 1 and 2, and a counted word put into another fits its case.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const sentences = (language: string): Record<string, { message: string }> =>
  JSON.parse(readFileSync(join(ROOT, 'public/_locales', language, 'messages.json'), 'utf8'));

const FORMS = /_(?:zero|one|two|few|many|other)$/;
/** A gap, and close behind it a word that counts more than one. */
const COUNTED: Record<string, RegExp> = {
  en: /\$\d (?:(?!has|takes|no|of|its)[a-z-]+ ){0,2}?(?:images|labels|tiles|files|parts|points|lines|rows|addresses|downloads|models|trainings|characters|folders|notes|times)\b/,
  de: /\$\d (?:(?!hat|nimmt|sind|keine|seiner)[a-zäöüß-]+ ){0,2}?(?:Bilder|Bildern|Labels|Kacheln|Dateien|Teile|Teilen|Punkte|Zeilen|Adressen|Downloads|Modelle|Modellen|Trainings|Zeichen|Label-Ordner|Hinweise|Testbilder|Testbildern)\b/,
};
/** Sentences of one form, with the reason why one alone is never counted in them. */
const NEVER_ONE: Record<string, string> = {
  advice_few_images_each: 'a fixed twenty',
  advice_uneven: 'the largest label has more than five times the smallest',
  calibration_error: 'with a decimal, which takes the plural',
  calibration_words: 'from ten images on',
  error_drop_cut: 'a limit of thousands',
  error_import_many_labels: 'more than a limit of hundreds',
  error_label_name_long: 'a limit of dozens',
  error_list_many_labels: 'more than a limit of hundreds',
  features_of: 'a training has two labels with an image each at least',
  features_ready: 'as features_of',
  images_per_second: 'with a decimal',
  judged_on: 'parts of which there are several',
  list_cut: 'limits of millions',
  list_truncated: 'a limit of thousands',
  name_long: 'more than a limit of dozens',
  shared_made: 'as features_of',
  report_few_advice: 'a fixed ten',
  some_lost: 'a list of figures, not a sentence with a verb',
  webcam_rate: 'with a decimal',
};

describe.each(Object.keys(COUNTED))('counted sentences of %s', language => {
  const all = sentences(language);
  const keys = Object.keys(all);
  const say = (key: string) => all[key]?.message ?? '';

  it('have a form for one', () => {
    const single = keys.filter(key => !FORMS.test(key) && COUNTED[language]!.test(say(key)));
    expect(single.filter(key => !Object.hasOwn(NEVER_ONE, key))).toEqual([]);
  });

  it('have every form their language asks for', () => {
    const stems = [...new Set(keys.filter(key => FORMS.test(key)).map(key => key.replace(FORMS, '')))];
    const wanted = new Set([0, 1, 2].map(n => new Intl.PluralRules(say('language')).select(n)));
    // "Looks like another label" counts nothing.
    const counted = stems.filter(stem => keys.includes(`${stem}_other`) && stem !== 'find');
    expect(counted.length).toBeGreaterThan(50);
    expect(
      counted.flatMap(stem => [...wanted].map(form => `${stem}_${form}`)).filter(key => !keys.includes(key)),
    ).toEqual([]);
  });

  it('count one thing in the form for one', () => {
    const plurals = keys.filter(key => key.endsWith('_one') && keys.includes(key.replace(/one$/, 'other')));
    expect(plurals.filter(key => COUNTED[language]!.exec(say(key))?.[0].startsWith('$1 ')).map(say)).toEqual([]);
  });
});

interface Node {
  type: string;
  [key: string]: unknown;
}

/** For each sentence, which of its gaps is filled with another counted sentence: [key, gap from 1, inner key]. */
function nested(source: string): [key: string, gap: number, inner: string][] {
  const found: [string, number, string][] = [];
  const visit = (node: Node) => {
    if (node.type === 'CallExpression') {
      const name = (node.callee as Node).name;
      const [key, ...args] = node.arguments as Node[];
      if ((name === 't' || name === 'plural') && typeof key?.value === 'string')
        for (const [i, arg] of args.entries()) {
          const inner = innerPlural(arg);
          if (inner) found.push([key.value, i + 1, inner]);
        }
    }
    for (const child of Object.values(node).flat())
      if (typeof (child as Node | null)?.type === 'string') visit(child as Node);
  };
  visit(parseAst(source, { lang: 'tsx' }) as unknown as Node);
  return found;
}

function innerPlural(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || (node.callee as Node).name !== 'plural') return undefined;
  const [key] = node.arguments as Node[];
  return typeof key?.value === 'string' ? key.value : undefined;
}

describe('a counted word inside of a German sentence', () => {
  const german = sentences('de');
  const files = readdirSync(join(ROOT, 'src/entries'), { recursive: true, encoding: 'utf8' });
  const all = files
    .filter(name => /\.tsx?$/.test(name))
    .flatMap(name => nested(readFileSync(join(ROOT, 'src/entries', name), 'utf8')));

  it('is found where there is one', () => {
    expect(nested("t('a', plural('b', n)); t('c', x, plural('d', n))")).toEqual([
      ['a', 1, 'b'],
      ['c', 2, 'd'],
    ]);
    expect(all.length).toBeGreaterThan(5);
  });

  it('stands behind no preposition that asks for a dative, which the counted word does not have', () => {
    const dative = (key: string, gap: number) =>
      new RegExp(`\\b(?:von|mit|bei|aus|zu|nach|unter|in|seit)\\b[^,;:.$]*\\$${gap}`, 'i').test(
        german[key]?.message ?? '',
      );
    // "Verstanden als 20 Bilder unter 3 Labels" is the same in both cases.
    const wrong = all.filter(([key, gap, inner]) => inner !== 'labels_count' && dative(key, gap));
    expect(wrong).toEqual([]);
  });
});
