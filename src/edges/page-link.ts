// The side panel's end of its connection to the collector in a tab.
import browser from 'webextension-polyfill';
import { type FromPage, PAGE_PORT, type PageCommand } from '../contract/page-state';

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
