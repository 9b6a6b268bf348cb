// DuckDuckGo: full-size addresses live only in the page's own i.js answers; the grid shows proxied Bing thumbnails.
import { engine } from './engine';
import { attribute, closest, select } from './scan/dom';
import { Finds } from './scan/finds';
import { isString, objectsIn, parseAnswer } from './scan/values';

const TILES = '[data-testid="zci-images"] figure, .tile--img';

export const duckduckgo = engine({
  id: 'duckduckgo',
  name: 'DuckDuckGo',
  matches: [
    '*://duckduckgo.com/*',
    '*://safe.duckduckgo.com/*',
    '*://start.duckduckgo.com/*',
    '*://noai.duckduckgo.com/*',
  ],

  isResultsPage(url) {
    if (!/^(?:(?:www|safe|start|noai)\.)?duckduckgo\.com$/.test(url.hostname)) return false;
    return ['iax', 'ia', 'iar'].some(name => url.searchParams.get(name) === 'images') && url.searchParams.has('q');
  },

  searchUrl: query => `https://duckduckgo.com/?iax=images&ia=images&q=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    const tiles = select(document, TILES).length;
    finds.tile(tiles);
    finds.refuse('no-full-size', tiles);
    // Only the opened panel holds the original, as a proxied image and as the link "View file".
    for (const link of finds.reading(select(document, 'a[href*="/iu/?u="], img[src*="/iu/?u="]'))) {
      yield;
      if (closest(link, TILES) === null) finds.add(attribute(link, 'href') ?? attribute(link, 'src'));
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    for (const result of objectsIn(parseAnswer(body))) {
      if (!isString(result.image) || !(isString(result.thumbnail) || isString(result.url))) continue;
      // News and videos come in answers of the same form.
      if ('excerpt' in result || 'relative_time' in result || 'duration' in result) continue;
      finds.addTile(result.image, {
        width: result.width,
        height: result.height,
        title: result.title,
        sourcePage: result.url,
        thumbnail: result.thumbnail,
      });
    }
    return finds.found();
  },
});
