// Baidu Images: acjson answers (clear `replaceUrl`, ciphered `objURL`), the flip page's script, and detail links.
import { isWebAddress } from '../contract/candidate';
import { engine } from './engine';
import { decipher } from './scan/baidu-cipher';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { plainText } from './scan/html-entities';
import { literalsAfter } from './scan/js-literal';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer, type Shape, shape, toKey } from './scan/values';

export const baidu = engine({
  id: 'baidu',
  name: 'Baidu',
  matches: ['*://image.baidu.com/search/*'],

  isResultsPage(url) {
    return url.hostname === 'image.baidu.com' && /^\/search\/(?:index|flip|albumsdata|acgjson)?$/.test(url.pathname);
  },

  searchUrl: query => `https://image.baidu.com/search/index?tn=baiduimage&word=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    const thumbnails = new Set<string>();
    for (const script of inlineScripts(document)) {
      yield;
      if (!script.text.includes('objURL')) continue;
      for (const list of literalsAfter(script.text, /["'](?:data|imgData)["']\s*[:,]\s*[[{]/g)) {
        takeItems(list, finds, thumbnails);
      }
    }
    if (finds.found().tiles > 0) return finds.found();
    for (const element of select(document, '[data-objurl]')) finds.addTile(decipher(attribute(element, 'data-objurl')));
    for (const link of finds.reading(select(document, 'a[href*="objurl="]'))) {
      yield;
      const href = attribute(link, 'href') ?? '';
      if (!URL.canParse(href, url.href)) continue;
      const parameters = new URL(href, url.href).searchParams;
      finds.addTile(decipher(parameters.get('objurl')), {
        width: parameters.get('width'),
        height: parameters.get('height'),
        sourcePage: decipher(parameters.get('fromurl')),
      });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    takeItems(parseAnswer(body), finds, new Set());
    return finds.found();
  },
});

/** Takes every result of the value once; `seen` holds thumbnails, because a list may stand within another that was read. */
function takeItems(value: unknown, finds: Finds, seen: Set<string>): void {
  for (const item of objectsIn(value)) {
    const thumbnail = item.thumbURL ?? item.middleURL ?? item.hoverURL;
    if (item.objURL === undefined && item.replaceUrl === undefined && thumbnail === undefined) continue;
    const key = toKey(thumbnail ?? item.objURL);
    if (seen.has(key)) continue;
    seen.add(key);
    const clear = clearOf(item);
    finds.addTile(clear.ObjURL ?? decipher(item.objURL), {
      width: item.width,
      height: item.height,
      title: plainText(item.fromPageTitle ?? item.fromPageTitleEnc),
      sourcePage: clear.FromURL ?? decipher(item.fromURL),
      thumbnail,
    });
  }
}

/** The first replacement with an address: it is what the cipher hides. */
function clearOf(item: Shape): Shape {
  const replacements = Array.isArray(item.replaceUrl) ? item.replaceUrl : [];
  return shape(
    replacements.find(each => {
      const address = shape(each).ObjURL;
      return isString(address) && isWebAddress(address);
    }),
  );
}
