// The side panel, Chrome's `sidePanel` and Firefox's sidebar: opened by a click, told apart from a tab, bound to its window.
import browser, { type Runtime } from 'webextension-polyfill';

/** The parts of both browsers' interfaces that are used here; each has one of the two. */
interface Panels {
  sidePanel?: { open(where: { tabId: number } | { windowId: number }): Promise<void> };
  sidebarAction?: { open(): Promise<void> };
}

const ASKED = 'gleaner-open-side-panel';
/** Chrome's name for the window a page stands in. */
const THIS_WINDOW = -2;
const panels = browser as unknown as Panels;

/**
 * Opens the side panel beside a tab, or in the window of the extension's page that calls. Must be called first thing in the
 * handler of a click: after any await browsers refuse. False where the browser did.
 */
export function openSidePanel(tabId?: number): Promise<boolean> {
  const { sidePanel, sidebarAction } = panels;
  try {
    // Without a promise before it: the call itself has to be within the click.
    const opened = sidePanel
      ? sidePanel.open(tabId === undefined ? { windowId: THIS_WINDOW } : { tabId })
      : sidebarAction?.open();
    return opened === undefined
      ? Promise.resolve(false)
      : opened.then(
          () => true,
          () => false,
        );
  } catch {
    return Promise.resolve(false);
  }
}

/** From a page: asks the background to open it beside the tab. False where a click in a page does not count for that. */
export async function askForSidePanel(): Promise<boolean> {
  return (await browser.runtime.sendMessage({ [ASKED]: true })) === true;
}

/** Opens the side panel for pages that ask. Must be called while the background starts. */
export function answerSidePanel(): void {
  browser.runtime.onMessage.addListener(((message: unknown, sender: Runtime.MessageSender) => {
    if (sender.id !== browser.runtime.id || typeof message !== 'object' || message === null) return undefined;
    if (!Object.hasOwn(message, ASKED)) return undefined;
    const { tab, frameId = 0 } = sender;
    if (tab?.id === undefined || tab.incognito || frameId !== 0) return Promise.resolve(false);
    return openSidePanel(tab.id);
  }) as Parameters<typeof browser.runtime.onMessage.addListener>[0]);
}
