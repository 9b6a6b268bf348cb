// Settings in storage.local, each held against what it may be whenever it is read: in Firefox the process of any page that
// the collector was put into can write there.
import browser from 'webextension-polyfill';
import type { BackendName } from '../contract/features';
import { DEFAULT_SETTINGS, REFERER_CHOICES, type Settings } from '../contract/settings';
import { SETTINGS } from '../pipeline/backup/rows';
import { oneOf, type Shape, truth } from '../pipeline/backup/shape';

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
  return checkedSettings((await browser.storage.local.get(KEY))[KEY]);
}

const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] satisfies BackendName[];
const SHAPES: Record<string, Shape<unknown>> = {
  ...SETTINGS,
  backend: oneOf(BACKENDS),
  lookAhead: truth,
  keepUpToDate: truth,
  sendReferer: oneOf(REFERER_CHOICES),
  noneOfThese: truth,
};

/** The settings a value holds; in place of each that is missing or none, its default. */
export function checkedSettings(stored: unknown): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  if (typeof stored !== 'object' || stored === null) return { ...DEFAULT_SETTINGS };
  for (const [name, shape] of Object.entries(SHAPES)) {
    if (!Object.hasOwn(stored, name)) continue;
    try {
      settings[name] = shape((stored as Record<string, unknown>)[name], name);
    } catch {
      // One bad value is no reason to forget the others.
    }
  }
  return settings as unknown as Settings;
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
