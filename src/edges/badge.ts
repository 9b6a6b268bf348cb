// What the toolbar button says: a number, or that something is wrong in a tab.
import browser from 'webextension-polyfill';

/** Shows how many images are still to come; nothing for 0. */
export async function showBadge(queued: number): Promise<void> {
  const text = queued === 0 ? '' : queued > 999 ? `${Math.floor(queued / 1000)}k` : `${queued}`;
  await browser.action.setBadgeText({ text });
}

/** Has the button say in one tab what is wrong there; cleared by the browser on navigation. */
export async function warnInTab(tabId: number, words: string): Promise<void> {
  await browser.action.setBadgeText({ tabId, text: '!' });
  await browser.action.setTitle({ tabId, title: words });
}
