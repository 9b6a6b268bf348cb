// Ecosia: each result's link is the full-size address; the page's JSON says the same once more.
import { engine } from './engine';
import { attribute, select, selectOne, text } from './scan/dom';
import { Finds } from './scan/finds';
import { inlineScripts } from './scan/script-text';
import { sizeInText } from './scan/size-in-text';
import { isString, objectsIn, parseAnswer } from './scan/values';

const LINK = '[data-test-id="image-result-link"]';

export const ecosia = engine({
  id: 'ecosia',
  name: 'Ecosia',
  matches: ['*://www.ecosia.org/images*'],

  isResultsPage(url) {
    return /^(?:www\.)?ecosia\.org$/.test(url.hostname) && /^\/images\/?$/.test(url.pathname);
  },

  searchUrl: query => `https://www.ecosia.org/images?q=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    for (const tile of finds.reading(select(document, '[data-test-id="images-result"]'))) {
      yield;
      const link = selectOne(tile, LINK);
      const page = selectOne(tile, 'a[class*="details-link"]');
      const image = selectOne(tile, 'img');
      finds.addTile(link === null ? undefined : attribute(link, 'href'), {
        ...sizeInText(text(selectOne(tile, '[data-test-id="image-result-dimensions"]'))),
        title: text(selectOne(tile, 'h2')),
        sourcePage: page === null ? undefined : attribute(page, 'href'),
        thumbnail: image === null ? undefined : attribute(image, 'src'),
      });
    }
    // The JSON is of the first page only; it counts when the tiles' markup is not known any more.
    if (finds.found().candidates.length === 0) {
      for (const script of inlineScripts(document)) {
        yield;
        if (script.text.includes('"imageUrl"')) takeItems(parseAnswer(script.text), finds);
      }
    }
    return finds.found();
  },
});

function takeItems(value: unknown, finds: Finds): void {
  const seen = new Set<string>();
  for (const item of objectsIn(value)) {
    // Each item stands in the JSON twice.
    if (!isString(item.imageUrl) || !isString(item.thumbnailUrl) || seen.has(item.imageUrl)) continue;
    seen.add(item.imageUrl);
    finds.addTile(item.imageUrl, {
      width: item.width,
      height: item.height,
      title: item.title,
      sourcePage: item.sourceUrl,
      thumbnail: item.thumbnailUrl,
    });
  }
}
