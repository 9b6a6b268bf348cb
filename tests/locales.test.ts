// Every sentence can be found: keys a browser takes, reasons and gaps complete in every language.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../src/contract/job';

const FOLDER = join(import.meta.dirname, '../public/_locales');
type Sentences = Record<string, { message: string; placeholders?: Record<string, { content: string }> }>;
const languages = readdirSync(FOLDER).map((name): [string, Sentences] => [
  name,
  JSON.parse(readFileSync(join(FOLDER, name, 'messages.json'), 'utf8')),
]);

describe.each(languages)('the sentences of %s', (_name, sentences) => {
  it('have keys that Chromium takes: it refuses the whole extension otherwise', () => {
    expect(Object.keys(sentences).filter(key => !/^[A-Za-z0-9_]+$/.test(key))).toEqual([]);
  });

  it('have no gap that runs into the next: Chromium takes $2$ of “$2$1” for the name of another and refuses the extension', () => {
    const run = Object.entries(sentences).filter(([, { message, placeholders = {} }]) =>
      [...message.matchAll(/\$([A-Za-z0-9_@]+)\$/g)].some(([, name = '']) => !Object.hasOwn(placeholders, name)),
    );
    expect(run).toEqual([]);
  });

  it('say something', () => {
    expect(Object.entries(sentences).filter(([, { message }]) => !message?.trim())).toEqual([]);
  });

  it('hold one for every reason an image can be refused for', () => {
    const keys = REASONS.map(reason => `reason_${reason.replaceAll('-', '_')}`);
    expect(keys.filter(key => !Object.hasOwn(sentences, key))).toEqual([]);
  });
});
