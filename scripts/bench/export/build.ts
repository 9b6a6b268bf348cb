// The extension as it is built, in a folder of its own with one worker more: the export's rivals.
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { buildExtension, distFolder } from '../../build/build-extension';

/** Address of the worker within the extension. */
export const RIVALS = '/bench-rivals.js';

/** The folder of the finished build. */
export async function buildWithRivals(): Promise<string> {
  await buildExtension('chrome');
  const folder = join(distFolder('chrome'), '../bench-export');
  await rm(folder, { recursive: true, force: true });
  await cp(distFolder('chrome'), folder, { recursive: true });
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(import.meta.dirname, 'rivals.worker.ts'),
        formats: ['iife'],
        name: 'rivals',
        fileName: () => RIVALS.slice(1),
      },
    },
  });
  return folder;
}
