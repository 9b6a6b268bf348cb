// Openverse: the API's answers and the page's Nuxt payload name the full-size address; the grid shows proxied thumbnails.
import { engine } from './engine';
import { select } from './scan/dom';
import { Finds } from './scan/finds';
import { resolvedObjects } from './scan/references';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer, type Shape } from './scan/values';

export const openverse = engine({
  id: 'openverse',
  name: 'Openverse',
  matches: ['*://openverse.org/*'],

  isResultsPage(url) {
    return (
      /^(?:www\.)?openverse\.org$/.test(url.hostname) &&
      /^\/(?:[a-z]{2,3}(?:-[a-z]{2,4})?\/)?search(?:\/image)?\/?$/.test(url.pathname)
    );
  },

  searchUrl: query => `https://openverse.org/search/image?q=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    for (const script of inlineScripts(document)) {
      yield;
      if (!script.text.includes('foreign_landing_url')) continue;
      const payload = parseAnswer(script.text);
      for (const item of objectsIn(payload)) take(item, finds);
      if (Array.isArray(payload)) for (const item of resolvedObjects(payload, 'foreign_landing_url')) take(item, finds);
    }
    const shown = select(document, 'a[href*="/image/"] img').length;
    const missing = Math.max(0, shown - finds.found().tiles);
    finds.tile(missing);
    finds.refuse('no-full-size', missing);
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    for (const item of objectsIn(parseAnswer(body))) take(item, finds);
    return finds.found();
  },
});

function take(item: Shape, finds: Finds): void {
  if (!isString(item.url) || !isString(item.foreign_landing_url)) return;
  // The search over all media lists sound as well.
  if ('audio_set' in item || 'duration' in item || item.category === 'music') return;
  finds.addTile(item.url, {
    width: item.width,
    height: item.height,
    title: item.title,
    sourcePage: item.foreign_landing_url,
    licence: licenceOf(item),
    thumbnail: item.thumbnail,
  });
}

/** "CC BY-SA 4.0", "CC0 1.0", "PDM 1.0": Openverse names licences by Creative Commons' short codes. */
function licenceOf({ license, license_version: version }: Shape): string | undefined {
  if (!isString(license)) return undefined;
  const code = license.toUpperCase();
  const name = /^(?:CC0|PDM)$/.test(code) ? code : `CC ${code}`;
  return isString(version) ? `${name} ${version}` : name;
}
