// Access to image sites: asking for it inside a click, looking whether it is there, hearing when it comes or goes.
import browser from 'webextension-polyfill';

const IMAGE_SITES = { origins: ['*://*/*'] };

/** Must be the first thing a click handler does: after any await the browsers refuse to ask. False when declined. */
export function requestImageSites(): Promise<boolean> {
  return browser.permissions.request(IMAGE_SITES);
}

export function hasImageSites(): Promise<boolean> {
  return browser.permissions.contains(IMAGE_SITES);
}

let everywhere: Promise<boolean> | undefined;
let watched = false;

/** Whether it is there, remembered until access changes, because this is asked for every image. */
export function hasAccessEverywhere(): Promise<boolean> {
  if (!everywhere) {
    if (!watched) onAccessChanged(() => (everywhere = undefined), new AbortController().signal);
    watched = true;
    everywhere = hasImageSites();
  }
  return everywhere;
}

/** Whether one http(s) address may be fetched; without this a missing permission looks like a broken network. */
export async function hasAccessTo(address: string): Promise<boolean> {
  if (await hasAccessEverywhere()) return true;
  const { protocol, hostname } = new URL(address);
  return browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
}

/** Gives the access back; what is collected stays. */
export function giveUpImageSites(): Promise<boolean> {
  return browser.permissions.remove(IMAGE_SITES);
}

/** Calls back when access was granted or taken away, here or in the browser's own settings. */
export function onAccessChanged(callback: () => void, signal: AbortSignal): void {
  browser.permissions.onAdded.addListener(callback);
  browser.permissions.onRemoved.addListener(callback);
  signal.addEventListener('abort', () => {
    browser.permissions.onAdded.removeListener(callback);
    browser.permissions.onRemoved.removeListener(callback);
  });
}

/** Every permission the manifest names, asked at install or later. */
export function permissionNames(): string[] {
  const { permissions = [], optional_host_permissions: hosts = [] } = browser.runtime.getManifest() as {
    permissions?: string[];
    optional_host_permissions?: string[];
  };
  return [...permissions, ...hosts];
}
