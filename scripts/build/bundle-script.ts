// Bundles a module and all it imports into one script that needs nothing else.
import { build, type PluginOption } from 'vite';
import { tamedLibraries } from './tamed-libraries';

interface Bundled {
  code: string;
  /** The styles it imports, as one sheet; empty where it imports none. */
  style: string;
  /** The files it is made of. */
  modules: string[];
}

interface BundleOptions {
  /** Modules that others take the place of. */
  alias?: Record<string, string>;
  /** Beside those that every bundle has. */
  plugins?: PluginOption[];
}

/** Rejects when more than one script would be needed. */
export async function bundleScript(entry: string, { alias = {}, plugins = [] }: BundleOptions = {}): Promise<Bundled> {
  const result = await build({
    configFile: false,
    publicDir: false,
    plugins: [tamedLibraries(), ...plugins],
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
