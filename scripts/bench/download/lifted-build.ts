// Builds the extension with the limits lifted, into a folder of its own. The product itself has no switch for that.
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../../..');
const POLITE = join(ROOT, 'src/pipeline/queue/limits.ts');
const LIFTED = join(import.meta.dirname, 'lifted-limits.ts');

/** The folder of the finished build. */
export async function buildLifted(): Promise<string> {
  const outDir = join(ROOT, 'dist/bench-download');
  process.env.NODE_ENV = 'production';
  await build({
    root: ROOT,
    mode: 'chrome',
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [liftedLimits()],
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

/** One file in the place of another, for everyone but itself. */
function liftedLimits(): Plugin {
  return {
    name: 'gleaner:lifted-limits',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/limits') || importer === LIFTED) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found?.id === POLITE ? LIFTED : null;
    },
  };
}
