// Scripts of the extension in pages: injected once, or registered for every later visit.
import browser, { type Scripting } from 'webextension-polyfill';
import { delay } from './delay';

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

/** Ids of the scripts that are registered while there is access. */
export const PAGE_SCRIPTS = { early: 'early', observer: 'observer' } as const;
const REGISTER_MS = 3000;

/**
 * Resolves once the page scripts are registered, or after some seconds: whoever was just given access may open a page before
 * the background is done, and without them the first answers of that page are lost.
 */
export async function pageScriptsRegistered(): Promise<void> {
  const ids = Object.values(PAGE_SCRIPTS);
  const end = Date.now() + REGISTER_MS;
  while ((await browser.scripting.getRegisteredContentScripts({ ids })).length < ids.length && Date.now() < end)
    await delay(50);
}
