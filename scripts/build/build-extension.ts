// Builds the extension for one browser.
import { join, relative } from 'node:path';
import { build } from 'vite';
import type { BrowserName } from '../../harness/browsers/driver';

const ROOT = join(import.meta.dirname, '../..');

export type BuildTarget = 'chrome' | 'firefox';
export const BUILD_TARGETS: readonly BuildTarget[] = ['chrome', 'firefox'];

/** Which build a browser takes. */
export const TARGET_OF: Record<BrowserName, BuildTarget> = { chromium: 'chrome', firefox: 'firefox' };

/**
 * The folder of the finished build, relative to the working folder. Rejects with the build's own error. Weights that
 * `npm run backbone` fetched come along only when asked for.
 */
export async function buildExtension(target: BuildTarget, { packed = false } = {}): Promise<string> {
  process.env.GLEANER_PACKED = packed ? 'yes' : 'no';
  // Vite takes this for the build's own mode too; a test runner's would make a development build.
  process.env.NODE_ENV = 'production';
  const configFile = join(ROOT, 'vite.config.ts');
  await build({ root: ROOT, mode: target, configFile, configLoader: 'runner', logLevel: 'warn' });
  return relative(process.cwd(), distFolder(target)) || '.';
}

export function distFolder(target: BuildTarget): string {
  return join(ROOT, 'dist', target);
}
