// Gets a browser that is not installed: from the system's package manager where that asks nothing, else as a download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, detectBrowserPlatform, getInstalledBrowsers, install, resolveBuildId } from '@puppeteer/browsers';
import type { BrowserName } from './driver';
import { findBrowser } from './find';
import { tooOld } from './version';

const CACHE = join(import.meta.dirname, '../../.cache/browsers');
/** Chrome for Testing, since Chromium's own builds come without a stable address. */
const DOWNLOADS: Record<BrowserName, Browser> = { chromium: Browser.CHROME, firefox: Browser.FIREFOX };
/** What both need of a Debian or Ubuntu without a desktop; names differ between releases, so each is tried alone. */
const LIBRARIES = ['libnss3', 'libgbm1', 'libgtk-3-0', 'libasound2t64', 'libasound2', 'libdbus-glib-1-2', 'libxt6'];

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

/**
 * The path of a browser that is new enough, installed first where there is none. Throws with what a person can do when
 * nothing works.
 */
export async function obtainBrowser(name: BrowserName, say: (line: string) => void): Promise<string> {
  const present = usable(name, say) ?? (await downloaded(name));
  if (present !== undefined) return present;
  const installed = installPackage(name, say) ? usable(name, say) : undefined;
  if (installed !== undefined) return installed;
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

/** An installed browser, unless it is too old. */
function usable(name: BrowserName, say: (line: string) => void): string | undefined {
  const path = findBrowser(name);
  const fault = path === undefined ? `No ${name} is installed in the usual places.` : tooOld(name, path);
  if (fault !== undefined) say(fault);
  return fault === undefined ? path : undefined;
}

/** What an earlier run downloaded: nothing need be asked of the network again. */
async function downloaded(name: BrowserName): Promise<string | undefined> {
  const all = await getInstalledBrowsers({ cacheDir: CACHE });
  const builds = all.filter(({ browser }) => browser === DOWNLOADS[name]).map(({ executablePath }) => executablePath);
  return builds.filter(path => existsSync(path)).at(-1);
}

/** Whether the system's package manager says that it installed the browser. */
function installPackage(name: BrowserName, say: (line: string) => void): boolean {
  // Only root can install packages without being asked for a password.
  const manager = process.getuid?.() === 0 ? PACKAGE_MANAGERS.find(({ command }) => exists(command)) : undefined;
  return manager?.steps(name).every(step => runs(manager.command, step, say)) ?? false;
}

function runs(command: string, step: string[], say: (line: string) => void): boolean {
  say(`${command} ${step.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, step, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

async function download(name: BrowserName, say: (line: string) => void): Promise<string> {
  const platform = detectBrowserPlatform();
  if (platform === undefined) throw new Error('there is no build for this system');
  const browser = DOWNLOADS[name];
  const buildId = await resolveBuildId(browser, platform, 'stable');
  say(`Downloading ${browser} ${buildId} into .cache/browsers …`);
  const { executablePath } = await install({ browser, buildId, platform, cacheDir: CACHE });
  // A bare system lacks what a package would have brought along; on others these are there already.
  if (process.platform === 'linux' && process.getuid?.() === 0 && exists('apt-get')) {
    for (const library of LIBRARIES) runs('apt-get', ['install', '-y', '--no-install-recommends', library], say);
  }
  return executablePath;
}

function exists(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
