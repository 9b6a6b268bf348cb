// Attributes in which pages name a larger image than the one shown: lightboxes, zooms, galleries, lazy loaders, shops.
import { isDrawing, isImagePath, resolveLike } from './address-like';
import { attribute, attributeNames, parent } from './dom';

/** Attributes of one element that are looked at, and elements around an image that may bear them. */
const MOST_ATTRIBUTES = 60;
const LEVELS = 4;
/** Parts of the names of such attributes, the surest first. What names an original outranks what names something large. */
const ORIGINAL = /orig|full|master|max|hi-?res|high-?res|highres|raw/;
const LARGER = /large|big|zoom|magnif|lightbox|popup|pswp|mfp|fancybox|retina|rjs|pin-media|xl|hq|hd|download/;
const LAZY = /src|lazy|image|img|url|echo|load|photo|picture/;
/** Names of attributes that hold a smaller image, or say something of it. */
const SMALLER = /thumb|small|mini|tiny|low|lq|lqip|placeholder|preview|blur|avatar|icon|poster|mobile|fallback|error/;
/** And of those that hold another image, or the address of a program. */
const OTHER =
  /hover|rollover|mouseover|second|back\b|next|prev|swap|logo|brand|flag|video|audio|ajax|api|endpoint|action/;
/** What a script follows as a link: an image where it ends as one. */
const LINK = /href|link/;
const ABOUT =
  /title|alt\b|caption|desc|name|meta|type|width|height|ratio|count|index|class|target|toggle|permalink|credit|author|page|srcset|sizes|bg|background|color|colour/;

export interface Named {
  /** Larger images, the surest first. */
  larger: string[];
  /** What a lazy loader is to show; `sure` when it cannot be anything but an address. */
  lazy: { url: string; sure: boolean }[];
}

/** How many of the images stand in each of the boxes next around them. */
export function imagesInPage(images: readonly Element[]): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>();
  for (const image of images) {
    let box = parent(image);
    for (let level = 0; box !== null && level < LEVELS; level++, box = parent(box))
      counts.set(box, (counts.get(box) ?? 0) + 1);
  }
  return counts;
}

/**
 * What the attributes of the image name, and those of the boxes around it that hold no other image; absolute addresses.
 * @param counts  as `imagesInPage` gives them
 */
export function namedBy(image: Element, counts: ReadonlyMap<Element, number>, base: string): Named {
  const original: string[] = [];
  const larger: string[] = [];
  const lazy: Named['lazy'] = [];
  let element: Element | null = image;
  for (let level = 0; element !== null && level <= LEVELS; level++, element = parent(element)) {
    if (element !== image && counts.get(element) !== 1) break;
    for (const name of attributeNames(element, MOST_ATTRIBUTES)) {
      if (!name.startsWith('data-')) continue;
      const rest = name.slice(5);
      if (ABOUT.test(rest) || SMALLER.test(rest) || OTHER.test(rest)) continue;
      const kind = ORIGINAL.test(rest) ? original : LARGER.test(rest) || LINK.test(rest) ? larger : undefined;
      if (kind === undefined && !LAZY.test(rest)) continue;
      const found = resolveLike(attribute(element, name), base);
      if (found === undefined || isDrawing(found.url) || (LINK.test(rest) && !isImagePath(found.url))) continue;
      // A box's own source is that of the gallery it belongs to.
      if (kind !== undefined) {
        if (found.sure) kind.push(found.url);
      } else if (element === image) lazy.push(found);
      else if (found.sure) larger.push(found.url);
    }
  }
  return { larger: [...original, ...larger], lazy };
}
