// Tabs: the one the user looks at, and opening the app's own pages.
import browser from 'webextension-polyfill';

/** The tab the popup stands over, when it is a page that can be collected from. */
export async function activeTab(): Promise<{ id: number; url: string | undefined } | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? undefined : { id: tab.id, url: tab.url };
}

/** Opens the app at one of its screens, in the tab it already has where there is one. */
export async function openApp(screen: string): Promise<void> {
  const address = browser.runtime.getURL(`src/entries/options/options.html#${screen}`);
  const root = address.slice(0, address.indexOf('#'));
  const open = (await browser.tabs.query({ url: `${root}*` })).at(0);
  if (open?.id === undefined) await browser.tabs.create({ url: address });
  else await browser.tabs.update(open.id, { active: true, url: address });
}

/** Opens the popup's page as a tab of its own: Firefox closes a popup when a file chooser opens. */
export async function openTestPage(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('src/entries/popup/popup.html?tab=1') });
}

/** Whether this page stands in a tab of its own rather than in the popup. */
export async function inTab(): Promise<boolean> {
  return (await browser.tabs.getCurrent()) !== undefined;
}
