// Access to image sites in the background: asking inside a click, and the page scripts that are registered once it is there.
import { hasImageSites, requestImageSites } from '../../edges/permissions';
import { PAGE_SCRIPTS, registerAtStart, unregister } from '../../edges/scripting';
import { engines } from '../../engines';
import earlyFile from '../content/early.ts?iife';
import observerFile from '../content/observer.ts?iife';

/**
 * Asks for access to image sites; must be the first thing a click handler does. A click that was sent by a program has
 * no gesture and the browser refuses to ask: then what counts is whether the access is already there.
 */
export function requestAccess(): Promise<boolean> {
  return requestImageSites().catch(() => hasImageSites());
}

/**
 * Keeps the observer and the early script registered exactly while access is there: to be called when it came or went.
 * Engines that fetch their results need them in the page before the page's own code.
 */
export async function registerPageScripts(): Promise<void> {
  if (await hasImageSites()) {
    const matches = [...new Set(engines.flatMap(engine => engine.matches))];
    await registerAtStart(PAGE_SCRIPTS.early, earlyFile, 'ISOLATED', matches);
    await registerAtStart(PAGE_SCRIPTS.observer, observerFile, 'MAIN', matches);
  } else for (const id of Object.values(PAGE_SCRIPTS)) await unregister(id);
}
