// The number on the toolbar button.
import browser from 'webextension-polyfill';

/** Shows how many images are still to come; nothing for 0. */
export async function showBadge(queued: number): Promise<void> {
  const text = queued === 0 ? '' : queued > 999 ? `${Math.floor(queued / 1000)}k` : `${queued}`;
  await browser.action.setBadgeText({ text });
}
