// Qwant: `media` in the page's own API answers; the grid's proxy addresses hold an original or a Bing thumbnail as `u`.
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { isString, objectsIn, parseAnswer } from './scan/values';

export const qwant = engine({
  id: 'qwant',
  name: 'Qwant',
  matches: ['*://www.qwant.com/*', '*://lite.qwant.com/*'],

  isResultsPage(url) {
    return /^(?:(?:www|lite)\.)?qwant\.com$/.test(url.hostname) && url.searchParams.get('t') === 'images';
  },

  searchUrl: query => `https://www.qwant.com/?t=images&q=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    for (const image of finds.reading(select(document, 'img[src*=".qwant.com/thumbr/"]'))) {
      yield;
      finds.addTile(attribute(image, 'src'), { title: attribute(image, 'alt') });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    for (const item of objectsIn(parseAnswer(body))) {
      if (!isString(item.media) || !(isString(item.thumbnail) || isString(item.url))) continue;
      finds.addTile(item.media, {
        width: item.width,
        height: item.height,
        title: item.title,
        sourcePage: item.url,
        thumbnail: item.thumbnail,
      });
    }
    return finds.found();
  },
});
