// Yahoo: links to the viewer carry the full-size address, often without its scheme; Japan's page is another one.
import { engine } from './engine';
import { attribute, select, selectOne } from './scan/dom';
import { Finds } from './scan/finds';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer, shape } from './scan/values';

export const yahoo = engine({
  id: 'yahoo',
  name: 'Yahoo',
  matches: ['*://*.images.search.yahoo.com/search/images*', '*://search.yahoo.co.jp/image/search*'],

  isResultsPage(url) {
    if (url.hostname === 'search.yahoo.co.jp') return url.pathname === '/image/search';
    return /^(?:[\w-]+\.)?images\.search\.yahoo\.com$/.test(url.hostname) && /^\/search\/images/.test(url.pathname);
  },

  searchUrl: query => `https://images.search.yahoo.com/search/images?p=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    for (const link of finds.reading(select(document, 'a[href*="imgurl="]'))) {
      yield;
      const href = attribute(link, 'href') ?? '';
      if (!URL.canParse(href, url.href)) continue;
      const parameters = new URL(href, url.href).searchParams;
      const image = selectOne(link, 'img');
      finds.addTile(withScheme(parameters.get('imgurl')), {
        width: parameters.get('w'),
        height: parameters.get('h'),
        title: parameters.get('tt'),
        sourcePage: withScheme(parameters.get('rurl')),
        thumbnail: image === null ? null : (attribute(image, 'data-src') ?? attribute(image, 'src')),
      });
    }
    for (const item of finds.reading(select(document, 'li[data]'))) {
      yield;
      // Where the link says it all, the attribute is a second copy.
      if (selectOne(item, 'a[href*="imgurl="]') !== null) continue;
      const data = shape(parseAnswer(attribute(item, 'data') ?? ''));
      if (data.iurl === undefined && data.ith === undefined) continue;
      finds.addTile(withScheme(data.iurl), {
        width: data.w,
        height: data.h,
        title: data.tt ?? data.alt,
        sourcePage: withScheme(data.rurl),
        thumbnail: data.ith,
      });
    }
    if (url.hostname === 'search.yahoo.co.jp') takeJapan(document, finds);
    return finds.found();
  },
});

/** Japan's page is a Next.js one: results in its JSON hold `original` and `thumbnail`. */
function takeJapan(document: Document, finds: Finds): void {
  for (const script of inlineScripts(document)) {
    if (!script.text.includes('"original"')) continue;
    for (const item of objectsIn(parseAnswer(script.text))) {
      const original = shape(item.original);
      if (!isString(original.url)) continue;
      finds.addTile(withScheme(original.url), {
        width: original.width,
        height: original.height,
        title: item.title,
        sourcePage: item.refererUrl,
        thumbnail: shape(item.thumbnail).url,
      });
    }
  }
}

/** Yahoo drops the scheme of most addresses; nearly all hosts answer to https. */
function withScheme(address: unknown): unknown {
  return isString(address) && /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?::\d+)?\//u.test(address)
    ? `https://${address}`
    : address;
}
