// Builds the page that goes into model.zip as one script that needs nothing else, and packs it into the extension.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const SOURCE = join(import.meta.dirname, '../src/entries/model-page');

/** Emits `model-page/index.html` and `model-page/page.js`, which the export worker fetches from the package. */
export function modelPage(): Plugin {
  return {
    name: 'gleaner-model-page',
    apply: 'build',
    async generateBundle() {
      const source = readFileSync(join(SOURCE, 'index.html'));
      this.emitFile({ type: 'asset', fileName: 'model-page/index.html', source });
      this.emitFile({ type: 'asset', fileName: 'model-page/page.js', source: await pageScript() });
    },
  };
}

/** The page's script with tfjs inside. */
export async function pageScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(SOURCE, 'page.ts'), formats: ['iife'], name: 'gleaner', fileName: () => 'page.js' },
      rolldownOptions: { output: { comments: false }, checks: { bundlerTimings: false } },
    },
  });
  const outputs = [result].flat().flatMap(bundle => ('output' in bundle ? bundle.output : []));
  const [script] = outputs;
  if (outputs.length !== 1 || script?.type !== 'chunk') throw new Error('the page of model.zip must be one script');
  return script.code;
}
