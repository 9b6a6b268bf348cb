// Scripts of the extension in pages: injected once, or registered for every later visit.
import browser, { type Scripting } from 'webextension-polyfill';

export type World = 'ISOLATED' | 'MAIN';

/** Runs a built file in the tab's top frame. Rejects where the extension may not run (browser pages, no access). */
export async function inject(tabId: number, file: string, world: World): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId },
    files: [file],
    world,
    injectImmediately: true,
  } as Scripting.ScriptInjection);
}

/** Has a file run before the page's scripts, on all pages that match, from the next load on. */
export async function registerAtStart(id: string, file: string, world: World, matches: string[]): Promise<void> {
  const script = {
    id,
    js: [file],
    matches,
    runAt: 'document_start',
    world,
    persistAcrossSessions: true,
  } as Scripting.RegisteredContentScript;
  await unregister(id);
  await browser.scripting.registerContentScripts([script]);
}

export async function unregister(id: string): Promise<void> {
  const known = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (known.length > 0) await browser.scripting.unregisterContentScripts({ ids: [id] });
}
