// When the extension comes into being, with the browser or anew, and whether it still is there.
import browser from 'webextension-polyfill';

/** Calls back after an install and every update, and with every start of the browser. Must be called while the background starts. */
export function onBegin(callback: (installed: boolean) => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => callback(reason === 'install'));
  browser.runtime.onStartup.addListener(() => callback(false));
}

/** False in a page whose extension was updated or removed since its script was put in. */
export function stillThere(): boolean {
  return browser.runtime?.id !== undefined;
}
