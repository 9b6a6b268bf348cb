// Builds the page that goes into model.zip as one script that needs nothing else, and packs it into the extension.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script';

const SOURCE = join(import.meta.dirname, '../../src/entries/model-page');

/** Emits `model-page/index.html` and `model-page/page.js`, which the export worker fetches from the package. */
export function modelPage(): Plugin {
  return {
    name: 'gleaner-model-page',
    apply: 'build',
    async generateBundle() {
      // With tfjs inside.
      const { code } = await bundleScript(join(SOURCE, 'page.ts'));
      const source = readFileSync(join(SOURCE, 'index.html'));
      this.emitFile({ type: 'asset', fileName: 'model-page/index.html', source });
      this.emitFile({ type: 'asset', fileName: 'model-page/page.js', source: code });
    },
  };
}
