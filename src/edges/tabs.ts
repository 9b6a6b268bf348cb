// Tabs: the one the user looks at, and opening the app's own pages.
import browser from 'webextension-polyfill';

/** The tab the popup stands over, when it is a page that can be collected from. */
export async function activeTab(): Promise<{ id: number; url: string | undefined } | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? undefined : { id: tab.id, url: tab.url };
}

/** A tab by its id; undefined once it is closed. */
export async function tabOfId(id: number): Promise<{ id: number; url: string | undefined } | undefined> {
  const tab = await browser.tabs.get(id).catch(() => undefined);
  return tab && { id, url: tab.url };
}

/** Calls back when another tab of a window comes to the front or a page was loaded, until the signal aborts. */
export function onTabsChanged(callback: () => void, signal: AbortSignal): void {
  const updated = (_id: number, { status, url }: { status?: string; url?: string }): void => {
    if (status === 'complete' || url !== undefined) callback();
  };
  const { onActivated, onUpdated, onRemoved } = browser.tabs;
  onActivated.addListener(callback);
  onUpdated.addListener(updated);
  onRemoved.addListener(callback);
  signal.addEventListener('abort', () => {
    onActivated.removeListener(callback);
    onUpdated.removeListener(updated);
    onRemoved.removeListener(callback);
  });
}

/** Opens an address, in the tab of this id where that still stands, and gives the tab's id. */
export async function openAddress(url: string, tabId?: number): Promise<number | undefined> {
  const there = tabId === undefined ? undefined : await tabOfId(tabId);
  const tab = there ? await browser.tabs.update(there.id, { active: true, url }) : await browser.tabs.create({ url });
  return tab.id;
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
