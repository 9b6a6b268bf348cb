// Settings in storage.local, each held against what it may be whenever it is read: in Firefox the process of any page that
// the collector was put into can write there.
import browser from 'webextension-polyfill';
import { DEFAULT_SETTINGS, SETTINGS, type Settings } from '../contract/settings';

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

/** The settings a value holds; in place of each that is missing or none, its default. */
export function checkedSettings(stored: unknown): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  if (typeof stored !== 'object' || stored === null) return { ...DEFAULT_SETTINGS };
  for (const [name, { read }] of Object.entries(SETTINGS)) {
    if (!Object.hasOwn(stored, name)) continue;
    // One bad value is no reason to forget the others.
    settings[name] = read((stored as Record<string, unknown>)[name]) ?? settings[name];
  }
  return settings as unknown as Settings;
}

function forget(): void {
  known = undefined;
}

type Change = Partial<Omit<Settings, 'version'>>;

/**
 * Changes settings as they are kept, one change after the other, here and in other contexts, so that none is written over.
 * @param change  or what makes it of the settings as they are by then
 */
export function changeSettings(change: Change | ((kept: Settings) => Change)): Promise<Settings> {
  return alone(async () => {
    const kept = await read();
    const settings = { ...kept, ...(typeof change === 'function' ? change(kept) : change) };
    await browser.storage.local.set({ [KEY]: settings });
    forget();
    return settings;
  });
}

export async function forgetSettings(): Promise<void> {
  await alone(() => browser.storage.local.remove(KEY));
}

/** The lock is of all contexts, as that of the plan is. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(KEY, work);
}
