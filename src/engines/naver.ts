// Naver: results as a JavaScript literal in the page, the same items in answers, and `src=` of its thumbnail proxy.
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { plainText } from './scan/html-entities';
import { literalAfter } from './scan/js-literal';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer } from './scan/values';

export const naver = engine({
  id: 'naver',
  name: 'Naver',
  matches: ['*://search.naver.com/search.naver*'],

  isResultsPage(url) {
    if (url.hostname !== 'search.naver.com' || url.pathname !== '/search.naver') return false;
    return url.searchParams.get('where') === 'image' || (url.searchParams.get('ssc') ?? '').startsWith('tab.image');
  },

  searchUrl: query => `https://search.naver.com/search.naver?where=image&query=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    for (const script of inlineScripts(document)) {
      yield;
      if (!script.text.includes('originalUrl')) continue;
      const start = script.text.search(/imageSearchTabData\s*=/);
      takeItems(literalAfter(script.text, Math.max(0, start)), finds);
    }
    if (finds.found().tiles > 0) return finds.found();
    for (const image of finds.reading(select(document, 'img[src*="search.pstatic.net/"][src*="src="]'))) {
      yield;
      finds.addTile(attribute(image, 'src'), { title: attribute(image, 'alt') });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    takeItems(parseAnswer(body), finds);
    return finds.found();
  },
});

function takeItems(value: unknown, finds: Finds): void {
  for (const item of objectsIn(value)) {
    if (!('originalUrl' in item) || !(isString(item.thumb) || isString(item.link))) continue;
    finds.addTile(item.originalUrl, {
      width: item.orgWidth,
      height: item.orgHeight,
      title: plainText(item.title),
      sourcePage: item.link,
      thumbnail: item.thumb,
    });
  }
}
