// Builds scripts that are injected into pages: `import file from './x.ts?iife'` gives the name of one self-contained file.
// The manifest plugin has the same query, but lists such files as web-accessible resources, by which any page could tell
// that the extension is installed; `scripting.executeScript` needs no such listing.
import { basename } from 'node:path';
import { build, type Plugin } from 'vite';

const QUERY = '?iife';

/** Must stand before the manifest plugin, so that it answers the query first. */
export function injectedScripts(): Plugin {
  return {
    name: 'gleaner:injected-scripts',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return undefined;
      const resolved = await this.resolve(source.slice(0, -QUERY.length), importer, { skipSelf: true });
      return resolved ? `\0injected:${resolved.id}` : undefined;
    },
    async load(id) {
      if (!id.startsWith('\0injected:')) return undefined;
      const entry = id.slice('\0injected:'.length);
      const fileName = `injected/${basename(entry).replace(/\.tsx?$/, '')}.js`;
      const { code, modules } = await bundle(entry);
      for (const module of modules) this.addWatchFile(module);
      this.emitFile({ type: 'asset', fileName, source: code });
      return `export default ${JSON.stringify(fileName)};`;
    },
  };
}

async function bundle(entry: string): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'gleanerScript', fileName: 'script' },
      rolldownOptions: { output: { comments: false }, checks: { bundlerTimings: false } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap(part => ('output' in part ? part.output : []));
  const chunks = outputs.filter(output => output.type === 'chunk');
  const [chunk] = chunks;
  // A second chunk would be loaded with import(), which an injected script cannot do.
  if (chunk === undefined || chunks.length > 1) throw new Error(`${entry} gave ${chunks.length} files instead of one`);
  return { code: chunk.code, modules: Object.keys(chunk.modules) };
}
