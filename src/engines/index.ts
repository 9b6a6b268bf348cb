// All engines. An explicit list, because a glob import works only in the bundler; a test holds it equal to the folder.
import { bing } from './bing';
import type { Engine } from './engine';
import { generic } from './generic';
import { google } from './google';

export type { Engine } from './engine';

/** Every engine; the page engine, which takes any address, comes last. */
export const engines: Engine[] = [google, bing, generic];

/** The engine of a results page; for every other page (other tabs of a search site, too) the generic one. */
export function engineFor(url: URL): Engine {
  return engines.find(engine => engine.isResultsPage(url)) ?? generic;
}
