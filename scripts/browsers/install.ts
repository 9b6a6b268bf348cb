// Gets a browser that is not installed: from the system's package manager where that asks nothing, else as a download.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Browser, computeExecutablePath, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import type { BrowserName } from './driver';
import { findBrowser } from './find';

const CACHE = join(import.meta.dirname, '../../.cache/browsers');

interface PackageManager {
  command: string;
  steps(browser: BrowserName): string[][];
}

const PACKAGE_MANAGERS: PackageManager[] = [
  {
    command: 'apt-get',
    steps: browser => [['update'], ['install', '-y', browser === 'chromium' ? 'chromium' : 'firefox-esr']],
  },
  { command: 'dnf', steps: browser => [['install', '-y', browser]] },
  { command: 'apk', steps: browser => [['add', browser]] },
  { command: 'pacman', steps: browser => [['-Sy', '--noconfirm', browser]] },
];

/** The path of the browser, installed first where it is missing. Throws with what a person can do when nothing works. */
export async function obtainBrowser(name: BrowserName, say: (line: string) => void): Promise<string> {
  const present = findBrowser(name);
  if (present !== undefined) return present;
  say(`No ${name} is installed in the usual places.`);
  // Only root can install packages without being asked for a password.
  const manager = process.getuid?.() === 0 ? PACKAGE_MANAGERS.find(({ command }) => exists(command)) : undefined;
  if (manager !== undefined) {
    for (const step of manager.steps(name)) {
      say(`${manager.command} ${step.join(' ')} …`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      if (spawnSync(manager.command, step, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) break;
    }
    const installed = findBrowser(name);
    if (installed !== undefined) return installed;
  }
  try {
    return await download(name, say);
  } catch (cause) {
    const variable = `GLEANER_${name.toUpperCase()}`;
    throw new Error(
      `No ${name} could be found, installed or downloaded (${cause instanceof Error ? cause.message : cause}). ` +
        `Install it, or name its program in the environment variable ${variable}.`,
      { cause },
    );
  }
}

async function download(name: BrowserName, say: (line: string) => void): Promise<string> {
  const platform = detectBrowserPlatform();
  if (platform === undefined) throw new Error('there is no build for this system');
  // Chrome for Testing, since Chromium's own builds come without a stable address.
  const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX;
  const buildId = await resolveBuildId(browser, platform, 'stable');
  say(`Downloading ${browser} ${buildId} into .cache/browsers …`);
  await install({ browser, buildId, platform, cacheDir: CACHE });
  return computeExecutablePath({ browser, buildId, platform, cacheDir: CACHE });
}

function exists(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
