// Every text the code asks for exists, and every language has the same sentences with the same gaps.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { MODEL_FORMAT_NAMES } from '../src/pipeline/export/model-options';

const ROOT = join(import.meta.dirname, '..');
const LOCALES = join(ROOT, 'public/_locales');
type Sentences = Record<string, { message: string; placeholders?: Record<string, { content: string }> }>;
const read = (language: string): Sentences =>
  JSON.parse(readFileSync(join(LOCALES, language, 'messages.json'), 'utf8'));
const english = read('en');
const keys = Object.keys(english);

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(name =>
  /\.tsx?$/.test(name),
);
const sources = files.map(name => readFileSync(join(ROOT, 'src', name), 'utf8'));
const found = (pattern: RegExp) => [...new Set(sources.flatMap(text => [...text.matchAll(pattern)].map(m => m[1]!)))];
const asKey = (name: string) => name.replaceAll('-', '_');

const ADD = 'Add these to public/_locales, in every language.';

describe('the sentences the code asks for', () => {
  it('exist where they are named outright', () => {
    const named = found(/\bt\(\s*'([^']+)'/g).filter(key => !key.startsWith('@@'));
    expect(named.length).toBeGreaterThan(100);
    expect(
      named.filter(key => !keys.includes(asKey(key))),
      ADD,
    ).toEqual([]);
  });

  it('exist where their name is put together: at least one begins so', () => {
    const begun = found(/\bt\(`([a-z_]+)_\$\{/g);
    expect(begun.length).toBeGreaterThan(5);
    expect(
      begun.filter(start => !keys.some(key => key.startsWith(`${start}_`))),
      ADD,
    ).toEqual([]);
  });

  it('exist in the forms a count needs', () => {
    const counted = found(/\bplural\(\s*'([^']+)'/g);
    expect(counted.length).toBeGreaterThan(5);
    expect(
      counted.filter(key => !keys.includes(`${key}_one`) || !keys.includes(`${key}_other`)),
      ADD,
    ).toEqual([]);
  });

  it('exist for every format of model.zip and every setting on the screen', () => {
    const rows = found(/<Setting(?:Box|Number|Choice) name="(\w+)"/g);
    expect(rows.length).toBeGreaterThan(5);
    const wanted = [...MODEL_FORMAT_NAMES.map(name => `format_${asKey(name)}`), ...rows.map(name => `setting_${name}`)];
    expect(
      wanted.filter(key => !keys.includes(key)),
      ADD,
    ).toEqual([]);
  });

  it('exist for every error that is named', () => {
    const codes = found(/new GleanerError\(\s*'([^']+)'/g);
    expect(codes.length).toBeGreaterThan(10);
    expect(
      codes.filter(code => !keys.includes(`error_${asKey(code)}`)),
      ADD,
    ).toEqual([]);
  });

  it.each([
    ['zip', 'zip'],
    ['safetensors.ts', 'weights'],
    ['hdf5', 'weights'],
  ])('exist for all that is refused of %s', (format, kind) => {
    const path = join(ROOT, 'src/formats', format);
    const texts = (statSync(path).isFile() ? [path] : readdirSync(path).map(name => join(path, name))).map(file =>
      readFileSync(file, 'utf8'),
    );
    const reasons = texts.flatMap(text =>
      [...text.matchAll(/new FormatError\('([^']+)'/g)].map(([, reason]) => reason),
    );
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter(reason => !keys.includes(`error_${kind}_${reason}`))).toEqual([]);
  });
});

it('are asked for, each of them', () => {
  const all = [...sources, readFileSync(join(ROOT, 'manifest.json'), 'utf8')].join('\n');
  const words = new Set(all.match(/\w[\w-]*/g)?.map(asKey));
  const begun = found(/`([a-z_]+_)\$\{/g);
  const ended = found(/\$\{[^}]*\}(_[a-z_]+)`/g);
  const asked = (key: string) => {
    const stem = key.replace(/_(?:one|other)$/, '');
    const named = [key, stem, key.replace(/^error_/, '')].some(name => words.has(name) || words.has(`__MSG_${name}__`));
    return named || begun.some(start => key.startsWith(start)) || ended.some(end => stem.endsWith(end));
  };
  expect(
    // Of a setting's choices the name and the word are put together.
    keys.filter(key => !asked(key) && !/^[a-z]+[A-Z]\w*_/.test(key)),
    'Nobody asks for these: take them out of public/_locales.',
  ).toEqual([]);
});

const gaps = (sentence: string) => [...sentence.matchAll(/\$\d|\$\w+\$/g)].map(m => m[0]).sort();

/** How many words the longest of the sentences wants; undefined where there is none. */
function wanted(names: string[]): number | undefined {
  const forms = names.flatMap(name => english[name] ?? []);
  const each = forms.map(({ message, placeholders = {} }) => {
    const all = message + Object.values(placeholders).map(({ content }) => content);
    return Math.max(0, ...[...all.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)));
  });
  return each.length > 0 ? Math.max(...each) : undefined;
}

/** Of a part of the syntax tree: calls of `t` and `plural` with a key that stands there and too few or too many words. */
function* wrongCalls(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return;
  const { type, callee, arguments: given = [] } = part as Record<string, { name?: string }> & { arguments?: Part[] };
  const [key, ...words] = given;
  if (`${type}` === 'CallExpression' && typeof key?.value === 'string' && !given.some(isSpread)) {
    const name = asKey(key.value);
    if (callee?.name === 't' && !name.startsWith('@@') && wanted([name]) !== words.length)
      yield `${name} gets ${words.length} and wants ${wanted([name])}`;
    // The number itself need not be said.
    const forms = wanted([`${name}_one`, `${name}_other`]);
    if (callee?.name === 'plural' && forms !== words.length && !(forms === 0 && words.length === 1))
      yield `${name} gets ${words.length} and wants ${forms}`;
  }
  for (const inner of Object.values(part)) yield* wrongCalls(inner);
}

interface Part {
  type: string;
  value?: unknown;
}
const isSpread = ({ type }: Part) => type === 'SpreadElement';

it('get as many words as they have gaps, where they are asked for by name', () => {
  const tree = (i: number) => parseAst(sources[i]!, { lang: files[i]!.endsWith('x') ? 'tsx' : 'ts' });
  expect(files.flatMap((_, i) => [...wrongCalls(tree(i))])).toEqual([]);
  // So that this is seen to see.
  const wrong = parseAst("t('cancel', 1), plural('images'), t('cancel'), plural('images', 1)");
  expect([...wrongCalls(wrong)]).toEqual(['cancel gets 1 and wants 0', 'images gets 0 and wants 1']);
});

describe.each(readdirSync(LOCALES).filter(language => language !== 'en'))('the sentences of %s', language => {
  const other = read(language);

  it('are those of English', () => {
    const file = `public/_locales/${language}/messages.json`;
    expect(
      keys.filter(key => !Object.hasOwn(other, key)),
      `Missing in ${file}.`,
    ).toEqual([]);
    expect(
      Object.keys(other).filter(key => !Object.hasOwn(english, key)),
      `In ${file} alone.`,
    ).toEqual([]);
  });

  it('have the gaps of English', () => {
    const differing = keys.filter(
      key => `${gaps(english[key]?.message ?? '')}` !== `${gaps(other[key]?.message ?? '')}`,
    );
    expect(differing).toEqual([]);
  });
});
