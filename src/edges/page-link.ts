// The connection between the side panel and the collector in a tab, from either end.
import browser, { type Runtime } from 'webextension-polyfill';
import { type FromPage, PAGE_PORT, type PageCommand } from '../contract/page-state';
import { isOwnPage } from './messages';

/** Calls back in a page with each connection of the extension's own pages, and of nobody else, until the signal aborts. */
export function onPanelConnected(callback: (port: Runtime.Port) => void, signal: AbortSignal): void {
  const connected = (port: Runtime.Port): void => {
    const { name, sender } = port;
    if (name === PAGE_PORT && sender?.id === browser.runtime.id && isOwnPage(sender)) callback(port);
  };
  browser.runtime.onConnect.addListener(connected);
  signal.addEventListener('abort', () => {
    // The browser's interface is gone when the extension was updated under the page.
    browser.runtime?.onConnect?.removeListener(connected);
  });
}

export interface PageLink {
  send(command: PageCommand): void;
  close(): void;
}

/**
 * Connects to the collector in the tab's top frame.
 * @param heard  gets what the page's process sent, unchecked
 * @param ended  is called once when there is no collector, or none any more
 */
export function connectToPage(tabId: number, heard: (message: Partial<FromPage>) => void, ended: () => void): PageLink {
  const port = browser.tabs.connect(tabId, { name: PAGE_PORT, frameId: 0 });
  port.onMessage.addListener(message => {
    if (typeof message === 'object' && message !== null) heard(message as Partial<FromPage>);
  });
  port.onDisconnect.addListener(() => {
    // Read, or the browser reports that nobody did.
    void (browser.runtime as { lastError?: unknown }).lastError;
    ended();
  });
  return { send: command => port.postMessage(command), close: () => port.disconnect() };
}
