// Whether a browser is new enough for the extension and for being driven: told by the browser itself.
import { spawnSync } from 'node:child_process';
import type { BrowserName } from './driver';

/**
 * Chromium: the first that takes an extension over its debugging pipe with what the manifest asks for. Firefox: the
 * manifest's `strict_min_version`.
 */
const OLDEST: Record<BrowserName, number> = { chromium: 126, firefox: 142 };

/** What is wrong with the browser's version, in words; undefined when nothing is, or when it does not say. */
export function tooOld(name: BrowserName, path: string): string | undefined {
  // On Windows the program would open a window instead of answering.
  if (process.platform === 'win32') return undefined;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 15_000 });
  const version = /(\d+)\.\d[\d.]*/.exec(stdout ?? '');
  if (version === null || Number(version[1]) >= OLDEST[name]) return undefined;
  return `${path} is version ${version[0]}, and ${OLDEST[name]} or newer is needed.`;
}
