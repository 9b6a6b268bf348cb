// The right-click menu: drawn anew from a list, and heard.
import browser, { type Menus, type Tabs } from 'webextension-polyfill';

export interface MenuItem {
  /** Survives restarts and rebuilds: what a click means is read from it. */
  id: string;
  /** Missing on separators. */
  title?: string;
  parentId?: string;
  contexts: ('page' | 'link' | 'image')[];
}

export interface MenuClick {
  id: string;
  tabId: number;
  pageUrl: string;
  /** The address of the image that was clicked. */
  image: string | undefined;
}

let rebuilding: Promise<void> = Promise.resolve();

/** Replaces all entries. Calls run one after another: two at once would make entries twice. */
export function replaceMenu(items: MenuItem[]): Promise<void> {
  rebuilding = rebuilding.then(async () => {
    await browser.contextMenus.removeAll();
    for (const { id, title, parentId, contexts } of items) {
      const kind = title === undefined ? ({ type: 'separator' } as const) : { title };
      browser.contextMenus.create({
        id,
        contexts,
        ...kind,
        ...(parentId === undefined ? {} : { parentId }),
        documentUrlPatterns: ['http://*/*', 'https://*/*'],
      });
    }
  });
  return rebuilding;
}

/** Must be called while the background starts, before anything is awaited, or clicks that wake it are lost. */
export function onMenuClick(callback: (click: MenuClick) => void): void {
  browser.contextMenus.onClicked.addListener((info: Menus.OnClickData, tab?: Tabs.Tab) => {
    if (tab?.id === undefined || tab.incognito) return;
    callback({
      id: String(info.menuItemId),
      tabId: tab.id,
      pageUrl: info.pageUrl ?? tab.url ?? '',
      image: info.srcUrl,
    });
  });
}
