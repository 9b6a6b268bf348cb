// The image address that "Test this image" leaves for the popup's page, taken once.
import browser from 'webextension-polyfill';

const KEY = 'testImage';

export async function leaveTestImage(address: string): Promise<void> {
  await browser.storage.local.set({ [KEY]: address });
}

/** The waiting address, removed as it is read; undefined when nothing waits. */
export async function takeTestImage(): Promise<string | undefined> {
  const value = (await browser.storage.local.get(KEY))[KEY];
  if (value === undefined) return undefined;
  await browser.storage.local.remove(KEY);
  return typeof value === 'string' ? value : undefined;
}

/** Calls back when an address comes to wait, until the signal aborts. */
export function onTestRequest(callback: () => void, signal: AbortSignal): void {
  const changed = (changes: Record<string, { newValue?: unknown }>): void => {
    if (changes[KEY]?.newValue !== undefined) callback();
  };
  browser.storage.onChanged.addListener(changed);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(changed));
}
