// Builds scripts that are injected into pages: `import file from './x.ts?iife'` gives the name of one self-contained file.
// The manifest plugin has the same query, but lists such files as web-accessible resources, by which any page could tell
// that the extension is installed; `scripting.executeScript` needs no such listing.
import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script';

const QUERY = '?iife';
/** Runs among a page's own scripts: in the stacks they can read it has no name, least of all the extension's address. */
const NAMELESS = { observer: '\n//# sourceURL=<anonymous>\n' };

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
      const name = basename(entry).replace(/\.tsx?$/, '');
      const fileName = `injected/${name}.js`;
      const { code, modules } = await bundleScript(entry);
      for (const module of modules) this.addWatchFile(module);
      this.emitFile({ type: 'asset', fileName, source: code + (NAMELESS[name as keyof typeof NAMELESS] ?? '') });
      return `export default ${JSON.stringify(fileName)};`;
    },
  };
}
