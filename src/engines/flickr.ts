// Flickr: the page's modelExport lists every size of a photo; scrolled ones come as API answers with `url_*` fields.
import { percentDecoded } from '../formats/percent';
import { engine } from './engine';
import { attribute, select } from './scan/dom';
import { Finds } from './scan/finds';
import { literalAfter } from './scan/js-literal';
import { inlineScripts } from './scan/script-text';
import { largestOf } from './scan/srcset';
import { isString, objectsIn, parseAnswer, type Shape, shape, toNumber } from './scan/values';

/** `_b` is 1024 pixels; smaller sizes are thumbnails. Other sizes have other secrets, so addresses are never rewritten. */
const LARGE = /_(?:b|h|k|o|[3-6]k)\.\w+$/;

/** Long side of the smallest copy that is worth having, in pixels; below are crops and thumbnails. */
const SMALLEST = 500;

export const flickr = engine({
  id: 'flickr',
  name: 'Flickr',
  matches: ['*://www.flickr.com/search*', '*://www.flickr.com/photos/tags/*'],

  isResultsPage(url) {
    return /^(?:www\.)?flickr\.com$/.test(url.hostname) && /^\/(?:search(?:\/|$)|photos\/tags\/)/.test(url.pathname);
  },

  searchUrl: query => `https://www.flickr.com/search/?text=${encodeURIComponent(query)}`,

  *steps(document) {
    const finds = new Finds();
    const ids = new Set<string>();
    for (const script of inlineScripts(document)) {
      yield;
      const start = script.text.search(/modelExport["']?\s*:/);
      if (start !== -1) takePhotos(literalAfter(script.text, start), finds, ids);
    }
    for (const image of finds.reading(
      select(document, 'img[src*="staticflickr.com/"], img[srcset*="staticflickr.com/"]'),
    )) {
      yield;
      const source = largestOf(attribute(image, 'srcset') ?? '')?.url ?? attribute(image, 'src') ?? '';
      const id = /\/(\d{6,})_[0-9a-f]+/.exec(source)?.[1];
      if (id === undefined || ids.has(id)) continue;
      ids.add(id);
      finds.addTile(LARGE.test(source) ? source : undefined, { title: attribute(image, 'alt') });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    takePhotos(parseAnswer(body), finds, new Set());
    return finds.found();
  },
});

function takePhotos(value: unknown, finds: Finds, ids: Set<string>): void {
  for (const photo of objectsIn(value)) {
    const id = photo.id ?? shape(photo.data).id;
    if (!isString(id) || !/^\d+$/.test(id) || ids.has(id)) continue;
    const isPhoto = 'sizes' in photo || Object.keys(photo).some(key => /^url_\w{1,2}$/.test(key));
    if (!isPhoto) continue;
    ids.add(id);
    const sizes = sizesOf(photo);
    const largest = sizes[0];
    const title = isString(photo.title) ? photo.title : shape(photo.title)._content;
    const owner = photo.pathAlias ?? photo.ownerNsid ?? photo.pathalias ?? photo.owner;
    finds.addTile(largest?.url, {
      width: largest?.width,
      height: largest?.height,
      // Owners may keep the largest to themselves.
      alternatives: sizes.filter(({ width, height }) => Math.max(width, height) >= SMALLEST).map(({ url }) => url),
      title: isString(title) ? percentDecoded(title) : undefined,
      sourcePage: isString(owner) ? photoPage(owner, id) : undefined,
      thumbnail: sizes.at(-1)?.url,
    });
  }
}

/** Half a surrogate pair cannot be written into an address. */
function photoPage(owner: string, id: string): string {
  return `https://www.flickr.com/photos/${encodeURIComponent(owner.replace(/\p{Surrogate}/gu, ''))}/${id}`;
}

interface Size {
  url: string;
  width: number;
  height: number;
}

/** Every size of a photo in its three shapes (`sizes.o`, `sizes.data.o.data`, `url_o`), largest first. */
function sizesOf(photo: Shape): Size[] {
  const named = shape(shape(photo.sizes).data ?? photo.sizes);
  const listed = Object.values(named).map(size => shape(shape(size).data ?? size));
  const flat = Object.keys(photo)
    .filter(key => /^url_\w{1,2}$/.test(key))
    .map(key => ({
      url: photo[key],
      width: photo[key.replace('url', 'width')],
      height: photo[key.replace('url', 'height')],
    }));
  return [...listed, ...flat]
    .map(size => ({ url: size.url, width: toNumber(size.width) || 0, height: toNumber(size.height) || 0 }))
    .filter((size): size is Size => isString(size.url))
    .sort((a, b) => b.width * b.height - a.width * a.height);
}
