// Finds an installed browser in the usual places of Linux, macOS and Windows.
import { accessSync, closeSync, constants, openSync, readSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { BrowserName } from './driver';

/** Names a browser that stands somewhere else. */
const VARIABLES: Record<BrowserName, string> = { chromium: 'GLEANER_CHROMIUM', firefox: 'GLEANER_FIREFOX' };

const COMMANDS: Record<BrowserName, string[]> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
    'brave-browser',
  ],
  firefox: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
};
const MAC: Record<BrowserName, string[]> = {
  chromium: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
    app => `${app}.app/Contents/MacOS/${app}`,
  ),
  firefox: ['Firefox', 'Firefox Developer Edition'].map(app => `${app}.app/Contents/MacOS/firefox`),
};
const WINDOWS: Record<BrowserName, string[]> = {
  chromium: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
  firefox: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
};

/** The path of an installed browser, or undefined. Throws when the environment names one that is not there. */
export function findBrowser(name: BrowserName): string | undefined {
  const variable = VARIABLES[name];
  const named = process.env[variable];
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`${variable} names ${named}, which is not a program that can be run.`);
  }
  return usualPlaces(name).find(path => isProgram(path) && !isSnap(path));
}

function usualPlaces(name: BrowserName): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap(folder =>
      MAC[name].map(app => join(folder, app)),
    );
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': x86, LOCALAPPDATA } = process.env;
    const folders = [ProgramFiles, x86, LOCALAPPDATA].filter(folder => folder !== undefined);
    return folders.flatMap(folder => WINDOWS[name].map(app => join(folder, app)));
  }
  const folders = [...new Set([...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'])];
  return COMMANDS[name].flatMap(command => folders.filter(Boolean).map(folder => join(folder, command)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A snap sees neither the temporary folder nor hidden ones, so it could not read the fresh profile. */
function isSnap(path: string): boolean {
  if (path.startsWith('/snap/') || realpathSync(path).endsWith('/snap')) return true;
  const head = Buffer.alloc(2000);
  const file = openSync(path, 'r');
  try {
    const text = head.toString('latin1', 0, readSync(file, head, 0, head.length, 0));
    return text.startsWith('#!') && text.includes('/snap/');
  } finally {
    closeSync(file);
  }
}
