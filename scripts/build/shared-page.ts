// Builds the page that a model is shared as: a template with gaps, its script, and the sentences it may say in each language.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src/entries/share-page');
const LOCALES = join(ROOT, 'public/_locales');

/** Emits `share-page/template.txt`, `page.js` and `words-<language>.json`, which the export worker fetches from the package. */
export function sharedPage(): Plugin {
  return {
    name: 'gleaner-shared-page',
    apply: 'build',
    async generateBundle() {
      // Outside of an extension the sentences lie in the page.
      const alias = { 'webextension-polyfill': join(SOURCE, 'words.ts') };
      const { code, style, modules } = await bundleScript(join(SOURCE, 'page.tsx'), { alias, plugins: [preact()] });
      const emit = (name: string, source: string) =>
        this.emitFile({ type: 'asset', fileName: `share-page/${name}`, source });
      const script = inline(code);
      const template = readFileSync(join(SOURCE, 'template.txt'), 'utf8')
        .replace('[[hash]]', `sha256-${createHash('sha256').update(script).digest('base64')}`)
        .replace('[[style]]', () => style.trim());
      emit('template.txt', template);
      emit('page.js', script);
      const sources = modules.filter(id => id.startsWith(join(ROOT, 'src'))).map(id => readFileSync(id, 'utf8'));
      for (const language of readdirSync(LOCALES)) {
        emit(`words-${language}.json`, JSON.stringify(sentences(language, wanted(sources))));
      }
    },
  };
}

/** A script as it may stand between tags. Throws for one that would end there, or not end where it does. */
function inline(code: string): string {
  const script = code.trim();
  if (/<\/?script/i.test(script)) throw new Error('the script of the shared page cannot stand in a page');
  return script;
}

/** Whether code asks for a sentence: by its name, by how its name begins, or as a count. */
export function wanted(sources: readonly string[]): (key: string) => boolean {
  const found = (pattern: RegExp) =>
    sources.flatMap(text => [...text.matchAll(pattern)].map(match => match[1]!.replaceAll('-', '_')));
  const names = new Set(found(/\bt\(\s*'([^']+)'/g));
  const starts = [...found(/\bt\(\s*`([a-z_-]+_)\$\{/g), ...found(/\bplural\(\s*'([^']+)'/g).map(key => `${key}_`)];
  return key => names.has(key) || starts.some(start => key.startsWith(start));
}

function sentences(language: string, wants: (key: string) => boolean): Record<string, string> {
  const all = JSON.parse(readFileSync(join(LOCALES, language, 'messages.json'), 'utf8')) as Record<
    string,
    { message: string }
  >;
  return Object.fromEntries(Object.entries(all).flatMap(([key, { message }]) => (wants(key) ? [[key, message]] : [])));
}
