// All engines. An explicit list, because a glob import works only in the bundler; a test holds it equal to the folder.
import { baidu } from './baidu';
import { bing } from './bing';
import { brave } from './brave';
import { duckduckgo } from './duckduckgo';
import { ecosia } from './ecosia';
import type { Engine } from './engine';
import { flickr } from './flickr';
import { generic } from './generic';
import { google } from './google';
import { naver } from './naver';
import { openverse } from './openverse';
import { pinterest } from './pinterest';
import { qwant } from './qwant';
import { startpage } from './startpage';
import { unsplash } from './unsplash';
import { wikimedia } from './wikimedia';
import { yahoo } from './yahoo';
import { yandex } from './yandex';

export type { Engine } from './engine';

/** Every engine; the page engine, which takes any address, comes last. */
export const engines: Engine[] = [
  google,
  bing,
  duckduckgo,
  yandex,
  brave,
  yahoo,
  baidu,
  startpage,
  qwant,
  ecosia,
  naver,
  flickr,
  wikimedia,
  unsplash,
  pinterest,
  openverse,
  generic,
];

/** The engine of a results page; for every other page (other tabs of a search site, too) the generic one. */
export function engineFor(url: URL): Engine {
  return engines.find(engine => engine.isResultsPage(url)) ?? generic;
}

/** The engines a search can be opened with. */
export const searchEngines = engines.filter(({ searchUrl }) => searchUrl !== undefined);

/** Address of the image results of a query with the engine of this id, or with the first that has such addresses. */
export function searchUrl(engineId: string, query: string): string {
  const engine = searchEngines.find(({ id }) => id === engineId) ?? searchEngines[0];
  return engine?.searchUrl?.(query) ?? '';
}
