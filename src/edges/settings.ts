// Settings in storage.local, read with their defaults.
import browser from 'webextension-polyfill';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings';

const KEY = 'settings';

let known: Promise<Settings> | undefined;

/** Remembered until anyone changes them: the downloads ask several times for each image. */
export function readSettings(): Promise<Settings> {
  if (!known) {
    if (!watched) browser.storage.onChanged.addListener(changes => KEY in changes && forget());
    watched = true;
    known = read();
    known.catch(forget);
  }
  return known;
}
let watched = false;

async function read(): Promise<Settings> {
  const stored = (await browser.storage.local.get(KEY))[KEY] as Partial<Settings> | undefined;
  return { ...DEFAULT_SETTINGS, ...stored, version: 1 };
}

function forget(): void {
  known = undefined;
}

export async function changeSettings(change: Partial<Omit<Settings, 'version'>>): Promise<Settings> {
  const settings = { ...(await read()), ...change };
  await browser.storage.local.set({ [KEY]: settings });
  forget();
  return settings;
}

export async function forgetSettings(): Promise<void> {
  await browser.storage.local.remove(KEY);
}
