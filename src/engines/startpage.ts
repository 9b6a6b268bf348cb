// Startpage: the page's React call holds the results; its proxy addresses hold the original as `piurl`.
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { literalAfter } from './scan/js-literal';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn } from './scan/values';

export const startpage = engine({
  id: 'startpage',
  name: 'Startpage',
  matches: ['do', 'rvd', 'sp'].map(folder => `*://*.startpage.com/${folder}/*`),

  isResultsPage(url) {
    if (!/^(?:[\w-]+\.)?startpage\.com$/.test(url.hostname) || !/^\/(?:do|rvd|sp)\//.test(url.pathname)) return false;
    if (url.pathname.includes('captcha')) return false;
    const category = url.searchParams.get('cat') ?? url.searchParams.get('category');
    // The search form is posted, so an address without any parameter may be the image tab.
    return category === null ? !url.searchParams.has('query') : category === 'images' || category === 'pics';
  },

  searchUrl: query => `https://www.startpage.com/sp/search?cat=images&query=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    for (const script of inlineScripts(document)) {
      yield;
      const start = script.text.indexOf('rawImageUrl') === -1 ? -1 : script.text.indexOf('AppSerpImages');
      if (start === -1) continue;
      for (const result of objectsIn(literalAfter(script.text, start))) {
        if (!('rawImageUrl' in result)) continue;
        finds.addTile(result.rawImageUrl, {
          width: result.width,
          height: result.height,
          title: result.title,
          sourcePage: result.altClickUrl,
          thumbnail: absolute(result.thumbnailUrl, url),
        });
      }
    }
    if (finds.found().tiles > 0) return finds.found();
    for (const element of finds.reading(select(document, 'a[href*="piurl="], img[src*="piurl="]'))) {
      yield;
      finds.addTile(absolute(attribute(element, 'href') ?? attribute(element, 'src'), url));
    }
    return finds.found();
  },
});

function absolute(address: unknown, base: URL): string | undefined {
  return isString(address) && URL.canParse(address, base.href) ? new URL(address, base.href).href : undefined;
}
