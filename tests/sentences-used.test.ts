// Every text the code asks for exists, and every language has the same sentences with the same gaps.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODEL_FORMAT_NAMES } from '../src/pipeline/export/model-options';

const ROOT = join(import.meta.dirname, '..');
const LOCALES = join(ROOT, 'public/_locales');
type Sentences = Record<string, { message: string }>;
const read = (language: string): Sentences =>
  JSON.parse(readFileSync(join(LOCALES, language, 'messages.json'), 'utf8'));
const english = read('en');
const keys = Object.keys(english);

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name))
  .map(name => readFileSync(join(ROOT, 'src', name), 'utf8'));
const found = (pattern: RegExp) => [...new Set(sources.flatMap(text => [...text.matchAll(pattern)].map(m => m[1]!)))];
const asKey = (name: string) => name.replaceAll('-', '_');

describe('the sentences the code asks for', () => {
  it('exist where they are named outright', () => {
    const named = found(/\bt\(\s*'([^']+)'/g).filter(key => !key.startsWith('@@'));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(key => !keys.includes(asKey(key)))).toEqual([]);
  });

  it('exist where their name is put together: at least one begins so', () => {
    const begun = found(/\bt\(`([a-z_]+)_\$\{/g);
    expect(begun.length).toBeGreaterThan(5);
    expect(begun.filter(start => !keys.some(key => key.startsWith(`${start}_`)))).toEqual([]);
  });

  it('exist in the forms a count needs', () => {
    const counted = found(/\bplural\(\s*'([^']+)'/g);
    expect(counted.length).toBeGreaterThan(5);
    expect(counted.filter(key => !keys.includes(`${key}_one`) || !keys.includes(`${key}_other`))).toEqual([]);
  });

  it('exist for every format of model.zip and every setting on the screen', () => {
    const rows = found(/<Setting(?:Box|Number|Choice) name="(\w+)"/g);
    expect(rows.length).toBeGreaterThan(5);
    const wanted = [...MODEL_FORMAT_NAMES.map(name => `format_${asKey(name)}`), ...rows.map(name => `setting_${name}`)];
    expect(wanted.filter(key => !keys.includes(key))).toEqual([]);
  });

  it('exist for every error that is named', () => {
    const codes = found(/new GleanerError\(\s*'([^']+)'/g);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter(code => !keys.includes(`error_${asKey(code)}`))).toEqual([]);
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

const gaps = (sentence: string) => [...sentence.matchAll(/\$\d|\$\w+\$/g)].map(m => m[0]).sort();

describe.each(readdirSync(LOCALES).filter(language => language !== 'en'))('the sentences of %s', language => {
  const other = read(language);

  it('are those of English', () => {
    expect(keys.filter(key => !Object.hasOwn(other, key))).toEqual([]);
    expect(Object.keys(other).filter(key => !Object.hasOwn(english, key))).toEqual([]);
  });

  it('have the gaps of English', () => {
    const differing = keys.filter(
      key => `${gaps(english[key]?.message ?? '')}` !== `${gaps(other[key]?.message ?? '')}`,
    );
    expect(differing).toEqual([]);
  });
});
