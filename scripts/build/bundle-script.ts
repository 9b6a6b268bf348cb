// Bundles a module and all it imports into one script that needs nothing else.
import { build } from 'vite';
import { tamedLibraries } from './tamed-libraries';

/** The script, and the files it is made of. Rejects when more than one file would be needed. */
export async function bundleScript(entry: string): Promise<{ code: string; modules: string[] }> {
  const result = await build({
    configFile: false,
    publicDir: false,
    plugins: [tamedLibraries()],
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'gleanerScript', fileName: 'script' },
      rolldownOptions: { output: { comments: false }, checks: { bundlerTimings: false } },
    },
  });
  const outputs = [result].flat().flatMap(part => ('output' in part ? part.output : []));
  const [script] = outputs;
  // A second chunk would be loaded with import(), which an injected script cannot do.
  if (script?.type !== 'chunk' || outputs.length > 1) throw new Error(`${entry} gave ${outputs.length} files, not one`);
  return { code: script.code, modules: Object.keys(script.modules) };
}
