// Any page: the largest address each picture offers, links to images, CSS backgrounds and og:image.
import type { Engine } from './engine';
import { cssUrl } from './scan/css-url';
import { attribute, closest, property, select, selectOne } from './scan/dom';
import { Finds } from './scan/finds';
import { largestOf } from './scan/srcset';

/** Pictures smaller than this on either side, in pixels, are icons, spacers and tracking pixels. */
const MIN_SIDE = 64;
const IMAGE_PATH = /\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?|jxl|heic)$/i;
/** Attributes that lightboxes and zoom scripts give the largest picture in, then those that lazy loaders use. */
const ZOOM = [
  'data-full',
  'data-full-src',
  'data-zoom-image',
  'data-zoom',
  'data-large',
  'data-large-src',
  'data-hires',
];
const LAZY = ['data-original', 'data-src', 'data-lazy-src', 'data-lazy', 'data-image'];
const BACKGROUND = ['data-bg', 'data-background', 'data-background-image'];
/** Elements whose computed background is asked for: each costs a style computation. */
const MAX_COMPUTED = 1500;

export const generic: Engine = {
  id: 'generic',
  name: 'Web page',
  // It is never started by itself, only on the user's click.
  matches: [],

  isResultsPage(url) {
    return url.protocol === 'https:' || url.protocol === 'http:';
  },

  candidates(document, url) {
    const finds = new Finds();
    const base = readBase(document, url);
    for (const image of finds.reading(select(document, 'img'))) {
      readImage(image, base, finds);
    }
    for (const link of finds.reading(select(document, 'a[href]'))) {
      const address = imageLink(link, base);
      // Links around a picture were read with the picture.
      if (address !== undefined && selectOne(link, 'img') === null) finds.addTile(address);
    }
    for (const address of backgrounds(document, base)) {
      if (finds.late) break;
      if (address !== undefined) finds.addTile(address);
    }
    for (const meta of select(document, 'meta[property="og:image"], meta[name="twitter:image"]', 20)) {
      finds.addTile(resolve(attribute(meta, 'content'), base));
    }
    return finds.found();
  },
};

function readBase(document: Document, url: URL): string {
  const base = property(document, 'baseURI');
  return typeof base === 'string' && /^https?:/.test(base) ? base : url.href;
}

function readImage(image: Element, base: string, finds: Finds): void {
  finds.tile();
  const width = Number(property(image, 'naturalWidth')) || Number(attribute(image, 'width')) || 0;
  const height = Number(property(image, 'naturalHeight')) || Number(attribute(image, 'height')) || 0;
  const larger = largerAddress(image, base);
  const shown = resolve(property(image, 'currentSrc'), base) ?? resolve(attribute(image, 'src'), base);
  const address = larger ?? shown;
  if (address !== undefined && /\.svgz?$/i.test(pathOf(address))) {
    finds.refuse('no-full-size');
    return;
  }
  const small = (width > 0 && width < MIN_SIDE) || (height > 0 && height < MIN_SIDE);
  // A placeholder of one pixel stands before many a large picture, so its size says nothing of another address.
  if (small && (larger === undefined || larger === shown)) {
    finds.refuse('too-small');
    return;
  }
  finds.add(address, {
    ...(address === shown ? { width, height } : {}),
    title: attribute(image, 'alt') || attribute(image, 'title'),
  });
}

/** The address of a larger picture than the one shown, if the page gives one. */
function largerAddress(image: Element, base: string): string | undefined {
  const link = closest(image, 'a[href]');
  const linked = link === null ? undefined : imageLink(link, base);
  return linked ?? firstOf(image, ZOOM, base) ?? largestSource(image, base) ?? firstOf(image, LAZY, base);
}

function largestSource(image: Element, base: string): string | undefined {
  const picture = closest(image, 'picture');
  const sources = picture === null ? [image] : [image, ...select(picture, 'source', 50)];
  let best: { url: string; width?: number } | undefined;
  for (const source of sources) {
    for (const name of ['srcset', 'data-srcset', 'data-lazy-srcset']) {
      const largest = largestOf(attribute(source, name) ?? '');
      if (largest === undefined || resolve(largest.url, base) === undefined) continue;
      if (best === undefined || (largest.width ?? 0) > (best.width ?? 0)) best = largest;
    }
  }
  return resolve(best?.url, base);
}

function firstOf(element: Element, names: string[], base: string): string | undefined {
  for (const name of names) {
    const address = resolve(attribute(element, name), base);
    if (address !== undefined) return address;
  }
  return undefined;
}

function imageLink(link: Element, base: string): string | undefined {
  const address = resolve(attribute(link, 'href'), base);
  return address !== undefined && IMAGE_PATH.test(pathOf(address)) && !isWikiPage(address) ? address : undefined;
}

/** "File:Cat.jpg" is a page about the picture, on every MediaWiki. */
function isWikiPage(address: string): boolean {
  return /\/(?:wiki\/[^/]+:|index\.php)/.test(address);
}

function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : '';
}

/** The absolute http(s) address, or undefined: data: placeholders must not win over a lazy attribute. */
function resolve(address: unknown, base: string): string | undefined {
  if (typeof address !== 'string' || address.trim() === '' || address.length > 10_000) return undefined;
  if (!URL.canParse(address.trim(), base)) return undefined;
  const url = new URL(address.trim(), base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** One step for each element that may have a background, with its address or without. */
function* backgrounds(document: Document, base: string): Generator<string | undefined> {
  for (const element of select(document, BACKGROUND.map(name => `[${name}]`).join(), 5000)) {
    yield firstOf(element, BACKGROUND, base);
  }
  const window = property(document, 'defaultView') as Window | null;
  const boxes = select(document, 'div, span, a, li, figure, section, header, [style*="background"]', MAX_COMPUTED);
  for (const box of boxes) {
    const style = window === null ? attribute(box, 'style') : window.getComputedStyle(box).backgroundImage;
    const address = resolve(cssUrl(style ?? ''), base);
    yield address !== undefined && !/\.svgz?$/i.test(pathOf(address)) ? address : undefined;
  }
}
