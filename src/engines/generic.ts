// Any page: the largest address each image offers, links to images, CSS backgrounds and og:image.
import { engine } from './engine';
import { isDrawing, isImagePath, likeness, pathOf, resolve } from './scan/address-like';
import { cssUrl } from './scan/css-url';
import { attribute, closest, property, select, selectOne } from './scan/dom';
import { Finds } from './scan/finds';
import { largestSource } from './scan/image-sources';
import { imagesInPage, namedBy } from './scan/named-larger';
import { stemOf } from './scan/size-in-address';

/** Images smaller than this on either side, in pixels, are icons, spacers and tracking pixels. */
const MIN_SIDE = 64;
/** Names of what stands in an image's place until it is loaded. */
const PLACEHOLDER =
  /placeholder|blank|spacer|transparent|loading|loader|preload|lazy|pixel|dummy|empty|grey|gray|default|no-?(?:image|photo|pic)|1x1|blur|lq(?:ip)?\b/i;
/** One address shown so often before different lazy ones stands in for them all. */
const REPEATED = 3;
const BACKGROUND = ['data-bg', 'data-background', 'data-background-image'];
/** Elements whose computed background is asked for: each costs a style computation. */
const MAX_COMPUTED = 1500;

export const generic = engine({
  id: 'generic',
  name: 'Web page',
  // It is never started by itself, only on the user's click.
  matches: [],

  isResultsPage(url) {
    return url.protocol === 'https:' || url.protocol === 'http:';
  },

  *steps(document, url) {
    const finds = new Finds();
    const page: Page = { base: readBase(document, url), images: new Map(), shown: new Map() };
    const { base } = page;
    const images = select(document, 'img');
    page.images = imagesInPage(images);
    for (const image of images) {
      const source = attribute(image, 'src') ?? '';
      page.shown.set(source, (page.shown.get(source) ?? 0) + 1);
    }
    for (const image of finds.reading(images)) {
      yield;
      readImage(image, page, finds);
    }
    for (const link of finds.reading(select(document, 'a[href]'))) {
      yield;
      const address = imageLink(link, base);
      // Links around an image were read with the image.
      if (address !== undefined && selectOne(link, 'img') === null) finds.addTile(address);
    }
    for (const address of backgrounds(document, base)) {
      yield;
      if (address !== undefined) finds.addTile(address);
    }
    for (const meta of select(document, 'meta[property="og:image"], meta[name="twitter:image"]', 20)) {
      const content = attribute(meta, 'content') ?? '';
      if (likeness(content) !== undefined) finds.addTile(resolve(content, base));
    }
    return { ...finds.found(), shown: true };
  },
});

function readBase(document: Document, url: URL): string {
  const base = property(document, 'baseURI');
  return typeof base === 'string' && /^https?:/.test(base) ? base : url.href;
}

/** What is known of the whole page while its images are read. */
interface Page {
  base: string;
  /** As `imagesInPage` gives them. */
  images: ReadonlyMap<Element, number>;
  /** How many images have this very text as their `src`. */
  shown: Map<string, number>;
}

function readImage(image: Element, page: Page, finds: Finds): void {
  finds.tile();
  const width = Number(property(image, 'naturalWidth')) || Number(attribute(image, 'width')) || 0;
  const height = Number(property(image, 'naturalHeight')) || Number(attribute(image, 'height')) || 0;
  const small = (width > 0 && width < MIN_SIDE) || (height > 0 && height < MIN_SIDE);
  const shown = resolve(property(image, 'currentSrc'), page.base) ?? resolve(attribute(image, 'src'), page.base);
  const addresses = addressesOf(image, shown, page, small);
  const images = addresses.filter(address => !isDrawing(address));
  const address = images[0];
  // A placeholder of one pixel stands before many a large image, so its size says nothing of another address.
  if (address === undefined || (small && address === shown)) {
    finds.refuse(small && shown !== undefined && !isDrawing(shown) ? 'too-small' : 'no-full-size');
    return;
  }
  finds.add(address, {
    ...(address === shown ? { width, height } : {}),
    alternatives: images.slice(1),
    title: attribute(image, 'alt') || attribute(image, 'title'),
  });
}

/** The addresses of one image, the largest by what the page says first. */
function addressesOf(image: Element, shown: string | undefined, page: Page, small: boolean): string[] {
  const { base } = page;
  const link = closest(image, 'a[href]');
  const linked = link === null ? undefined : imageLink(link, base);
  const named = namedBy(image, page.images, base);
  const source = largestSource(image, shown, base);
  const standsIn = isPlaceholder(image, shown, page, small);
  // What a lazy loader has not shown yet comes before what stands in for it. Beside an image that is shown it is a larger
  // copy, or left over from another one: then what the browser shows is right.
  const lazy = named.lazy.filter(({ sure }) => sure || standsIn).map(({ url }) => url);
  const [copies, stale] = standsIn ? [lazy, []] : parted(lazy, url => stemOf(url) === stemOf(shown ?? url));
  const best = source !== undefined && source !== shown ? [source] : [];
  const own = shown === undefined || standsIn ? [] : [shown];
  const behind = standsIn && shown !== undefined && !small ? [shown] : [];
  const all = [
    ...(linked === undefined ? [] : [linked]),
    ...named.larger,
    ...best,
    ...copies,
    ...own,
    ...stale,
    ...behind,
  ];
  return [...new Set(all)];
}

/** Whether what is shown only stands in the image's place until it is loaded. */
function isPlaceholder(image: Element, shown: string | undefined, page: Page, small: boolean): boolean {
  if (shown === undefined || small) return true;
  const source = attribute(image, 'src') ?? '';
  const broken = property(image, 'complete') === true && property(image, 'naturalWidth') === 0;
  if (broken || (source !== '' && likeness(source) === undefined)) return true;
  const often = (page.shown.get(source) ?? 0) >= REPEATED;
  return often || isDrawing(shown) || PLACEHOLDER.test(pathOf(shown).slice(-200));
}

function parted<T>(items: readonly T[], first: (item: T) => boolean): [T[], T[]] {
  return [items.filter(first), items.filter(item => !first(item))];
}

function imageLink(link: Element, base: string): string | undefined {
  const address = resolve(attribute(link, 'href'), base);
  return address !== undefined && isImagePath(address) && !isDrawing(address) && !isAboutFile(address)
    ? address
    : undefined;
}

/** "File:Cat.jpg" is a page about the image, on every MediaWiki and in every language. */
function isAboutFile(address: string): boolean {
  const path = pathOf(address);
  return /\/(?:wiki\/[^/]+(?::|%3a)|index\.php)/i.test(path) || /\/[^/:%.]{2,30}(?::|%3a)[^/]+$/i.test(path);
}

/** One step for each element that may have a background, with its address or without. */
function* backgrounds(document: Document, base: string): Generator<string | undefined> {
  for (const element of select(document, BACKGROUND.map(name => `[${name}]`).join(), 5000)) {
    const values = BACKGROUND.map(name => attribute(element, name) ?? '').map(value => cssUrl(value) ?? value);
    const named = values.find(value => likeness(value) === 'sure');
    yield named === undefined ? undefined : resolve(named, base);
  }
  const window = property(document, 'defaultView') as Window | null;
  const boxes = select(document, 'div, span, a, li, figure, section, header, [style*="background"]', MAX_COMPUTED);
  for (const box of boxes) {
    const style = window === null ? attribute(box, 'style') : window.getComputedStyle(box).backgroundImage;
    const address = resolve(cssUrl(style ?? ''), base);
    yield address !== undefined && !isDrawing(address) ? address : undefined;
  }
}
