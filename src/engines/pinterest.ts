// Pinterest: pins arrive as the page's own answers with `images.orig`; the grid shows narrow copies of them.
import { engine } from './engine';
import { attribute, closest, select } from './scan/dom';
import { Finds } from './scan/finds';
import { inlineScripts } from './scan/script-text';
import { isString, objectsIn, parseAnswer, shape } from './scan/values';

/** Suffixes of Pinterest's country hosts, beside the subdomains of pinterest.com (`de.pinterest.com`). */
const SUFFIXES = (
  'at be ca ch cl cn co co.at co.id co.in co.kr co.nz co.uk com.au com.bo com.ec com.mx com.pe com.py com.uy com.vn de dk ' +
  'ec engineering es fr hu id ie in info it jp kr mx nl nz pe ph pt ru se th tw uk uy vn'
).split(' ');

export const pinterest = engine({
  id: 'pinterest',
  name: 'Pinterest',
  matches: ['com', ...SUFFIXES].map(suffix => `*://*.pinterest.${suffix}/*`),

  isResultsPage(url) {
    const suffix = /(?:^|\.)pinterest\.([a-z]{2,12}(?:\.[a-z]{2})?)$/.exec(url.hostname)?.[1] ?? '';
    return (suffix === 'com' || SUFFIXES.includes(suffix)) && /^\/search\//.test(url.pathname);
  },

  searchUrl: query => `https://www.pinterest.com/search/pins/?q=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    const known = new Set<string>();
    for (const script of inlineScripts(document)) {
      yield;
      if (script.text.includes('"orig"')) takePins(parseAnswer(script.text), url, finds, known);
    }
    for (const image of finds.reading(select(document, 'img[src*="//i.pinimg.com/"]'))) {
      yield;
      const source = attribute(image, 'src') ?? '';
      const hash = hashOf(source);
      // Portraits and icons are square crops such as 75x75_RS.
      if (hash === undefined || known.has(hash) || /\/\d+x\d+(?:_RS)?\//.test(source)) continue;
      known.add(hash);
      const link = closest(image, 'a[href*="/pin/"]');
      const href = link === null ? '' : (attribute(link, 'href') ?? '');
      const listed = /(https:\/\/i\.pinimg\.com\/originals\/[^\s,]+)/.exec(attribute(image, 'srcset') ?? '')?.[1];
      // That the original's address follows from a copy's, the harvest room knows of all pages that show one.
      finds.addTile(listed ?? source, {
        alternatives: [source],
        title: attribute(image, 'alt'),
        sourcePage: URL.canParse(href, url.href) && href !== '' ? new URL(href, url.href).href : undefined,
        thumbnail: source,
      });
    }
    return finds.found();
  },

  records(body, _requestUrl, pageUrl) {
    const finds = new Finds();
    takePins(parseAnswer(body), pageUrl, finds, new Set());
    return finds.found();
  },
});

function takePins(value: unknown, page: URL, finds: Finds, known: Set<string>): void {
  for (const pin of objectsIn(value)) {
    const images = shape(pin.images);
    const original = shape(images.orig);
    if (!isString(original.url) || (pin.type !== undefined && pin.type !== 'pin') || pin.is_promoted === true) continue;
    const hash = hashOf(original.url);
    if (hash !== undefined && known.has(hash)) continue;
    if (hash !== undefined) known.add(hash);
    finds.addTile(original.url, {
      width: original.width,
      height: original.height,
      // An original may be refused where its copies are not.
      alternatives: ['736x', '564x', '474x'].map(width => shape(images[width]).url),
      title: [pin.grid_title, pin.title, pin.rich_summary].find(isString),
      sourcePage: isString(pin.link) ? pin.link : isString(pin.id) ? `${page.origin}/pin/${pin.id}/` : undefined,
      thumbnail: shape(images['236x']).url,
    });
  }
}

/** The image's name, the same in every width and type. */
function hashOf(address: string): string | undefined {
  return /\/([0-9a-f]{20,})\.\w+(?:\?|$)/.exec(address)?.[1];
}
