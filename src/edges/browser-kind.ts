// Which browser this is, for the few places where the two behave differently.
import browser from 'webextension-polyfill';

/** Firefox serves its extension pages from moz-extension: addresses. */
export function isFirefox(): boolean {
  return browser.runtime.getURL('').startsWith('moz-extension:');
}
