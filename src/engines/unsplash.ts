// Unsplash: any rendition's address without its resize parameters is the original; the page's own API names it.
import { engine } from './engine';
import { attribute, closest, select, selectOne } from './scan/dom';
import { Finds } from './scan/finds';
import { isString, objectsIn, parseAnswer, shape } from './scan/values';

export const unsplash = engine({
  id: 'unsplash',
  name: 'Unsplash',
  matches: ['*://unsplash.com/*'],

  isResultsPage(url) {
    return (
      /^(?:www\.)?unsplash\.com$/.test(url.hostname) &&
      /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?s\/[^/]+\/[^/]+/i.test(url.pathname)
    );
  },

  *steps(document, url) {
    const finds = new Finds();
    for (const image of finds.reading(select(document, 'img[src*="unsplash.com/"]'))) {
      yield;
      const source = attribute(image, 'src') ?? '';
      // Portraits of the photographers stand beside the photos.
      if (!/unsplash\.com\/(?:[\w-]+\/)?(?:premium_)?photo-/.test(source)) continue;
      const figure = closest(image, 'figure') ?? image;
      const link = closest(image, 'a[href*="/photos/"]') ?? selectOne(figure, 'a[href*="/photos/"]');
      const href = link === null ? null : attribute(link, 'href');
      finds.addTile(originalOf(source), {
        title: attribute(image, 'alt'),
        sourcePage: href !== null && URL.canParse(href, url.href) ? new URL(href, url.href).href : undefined,
        thumbnail: source,
      });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    for (const photo of objectsIn(parseAnswer(body))) {
      const urls = shape(photo.urls);
      if (!isString(urls.raw) && !isString(urls.full)) continue;
      const paid = photo.premium === true || photo.plus === true;
      finds.addTile(paid ? undefined : originalOf([urls.raw, urls.full].find(isString) ?? ''), {
        width: photo.width,
        height: photo.height,
        title: photo.alt_description,
        sourcePage: shape(photo.links).html,
        thumbnail: urls.small ?? urls.thumb,
      });
    }
    return finds.found();
  },
});

/**
 * The original, with only the parameters that say where the view came from (the licence asks to keep them). Undefined for
 * plus.unsplash.com: what is shown there without payment carries a watermark.
 */
function originalOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.hostname !== 'images.unsplash.com') return undefined;
  const kept = new URLSearchParams();
  for (const name of ['ixid', 'ixlib']) {
    const value = url.searchParams.get(name);
    if (value !== null) kept.set(name, value);
  }
  return `${url.origin}${url.pathname}${kept.size > 0 ? `?${kept}` : ''}`;
}
