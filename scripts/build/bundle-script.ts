// Bundles a module and all it imports into one script that needs nothing else.
import preact from '@preact/preset-vite';
import { build } from 'vite';
import { tamedLibraries } from './tamed-libraries';

interface Bundled {
  code: string;
  /** The styles it imports, as one sheet; empty where it imports none. */
  style: string;
  /** The files it is made of. */
  modules: string[];
}

/**
 * Rejects when more than one script would be needed.
 * @param alias  modules that others take the place of
 */
export async function bundleScript(entry: string, alias: Record<string, string> = {}): Promise<Bundled> {
  const result = await build({
    configFile: false,
    publicDir: false,
    plugins: [tamedLibraries(), preact()],
    resolve: { alias },
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'gleanerScript', fileName: 'script', cssFileName: 'style' },
      rolldownOptions: { output: { comments: false }, checks: { bundlerTimings: false } },
    },
  });
  const outputs = [result].flat().flatMap(part => ('output' in part ? part.output : []));
  const scripts = outputs.filter(output => output.type === 'chunk');
  const styles = outputs.filter(output => output.type === 'asset' && output.fileName.endsWith('.css'));
  const [script] = scripts;
  // A second chunk would be loaded with import(), which an injected script cannot do.
  if (!script || scripts.length + styles.length !== outputs.length || scripts.length > 1 || styles.length > 1) {
    throw new Error(`${entry} gave ${outputs.length} files, not one script`);
  }
  const [style] = styles;
  return {
    code: script.code,
    style: style?.type === 'asset' ? String(style.source) : '',
    modules: Object.keys(script.modules),
  };
}
