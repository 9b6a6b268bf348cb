// Builds site/ by Vite: the pages, one stylesheet made of the extension's own, and the images.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { build, type Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const SITE = join(ROOT, 'site');
export const SITE_OUT = join(ROOT, 'dist/site');

/** From site/. */
export const SITE_PAGES = ['index.html', 'privacy.html', 'de/index.html', 'de/privacy.html'];

/** @param outDir  emptied first */
export async function buildSite(outDir = SITE_OUT): Promise<void> {
  await build({
    configFile: false,
    root: SITE,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [privacyText()],
    build: {
      outDir,
      emptyOutDir: true,
      // Small images would come as data: in the pages, which their policy refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: SITE_PAGES.map(page => join(SITE, page)), checks: { bundlerTimings: false } },
    },
  });
}

/** Puts the privacy text that the stores get into its page: one text, two places. */
function privacyText(): Plugin {
  return {
    name: 'gleaner-privacy-text',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { filename }) {
        const language = filename.includes('/de/') ? 'de' : 'en';
        const text = readFileSync(join(ROOT, 'store', language, 'privacy.md'), 'utf8');
        return html.replace('<!-- privacy -->', () => marked.parse(text, { async: false }));
      },
    },
  };
}
