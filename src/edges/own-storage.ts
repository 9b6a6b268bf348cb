// storage.local is the extension's own: scripts in pages have no business there, and the page's process is theirs.
import browser from 'webextension-polyfill';

/** Chromium's; Firefox lets content scripts read and write, so that whatever is read there is checked. */
interface Closable {
  setAccessLevel?(access: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/** Closes it to content scripts where the browser can. To be asked for at each start of the background. */
export async function closeOwnStorage(): Promise<void> {
  await (browser.storage.local as Closable).setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
