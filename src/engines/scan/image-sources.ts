// The largest source that a picture element and its image name, by widths, densities, media and what addresses say.
import { likeness, resolve } from './address-like';
import { attribute, closest, property, select } from './dom';
import { sizeInAddress } from './size-in-address';
import { entriesOf } from './srcset';

const SRCSETS = ['srcset', 'data-srcset', 'data-lazy-srcset'];
/** What a source without any sign of its width is taken for, in pixels: more than sources for phones, less than those for wide screens. */
const USUAL = 1000;

/**
 * The address of the largest source, never one that is smaller than what stands in `src`; undefined when no source is named.
 * @param shown  the absolute address the browser shows
 */
export function largestSource(image: Element, shown: string | undefined, base: string): string | undefined {
  const picture = closest(image, 'picture');
  const sources = picture === null ? [] : select(picture, 'source', 50);
  let best: { url: string; size: number } | undefined;
  const take = (url: string | undefined, size: number) => {
    if (url !== undefined && (best === undefined || size > best.size)) best = { url, size };
  };
  let measured = false;
  for (const source of [image, ...sources]) {
    const usual = source === image ? USUAL : usualFor((attribute(source, 'media') ?? '').slice(0, 300));
    for (const name of SRCSETS) {
      for (const entry of entriesOf(attribute(source, name) ?? '')) {
        const url = isAddress(entry.url, name) ? resolve(entry.url, base) : undefined;
        const size = entry.width ?? (url === undefined ? undefined : sizeInAddress(url)) ?? usual;
        take(url, entry.width === undefined ? size * densityIn(entry, url) : size);
        measured ||= entry.width !== undefined && usual >= USUAL;
      }
    }
  }
  if (best === undefined) return undefined;
  const named = shown === undefined ? undefined : sizeInAddress(shown);
  // What stands in `src` beside sources with widths is for browsers that know none, and seldom the largest.
  take(shown, named ?? (measured ? 0 : Math.max(USUAL, Number(property(image, 'naturalWidth')) || 0)));
  return best.url;
}

/** What stands in `srcset` itself the browser takes for addresses as well; other attributes may hold anything. */
function isAddress(value: string, attributeName: string): boolean {
  const like = likeness(value);
  return like === 'sure' || (like === 'perhaps' && attributeName === 'srcset');
}

/** A density counts only where the address does not say the size already. */
function densityIn({ density }: { density?: number }, url: string | undefined): number {
  return url !== undefined && sizeInAddress(url) !== undefined ? 1 + (density ?? 1) / 1000 : (density ?? 1);
}

/** Pixels a source for such screens may be taken to have. */
function usualFor(media: string): number {
  const most = pixels(
    /(?:max-(?:device-)?width\s{0,5}:|width\s{0,5}<=?)\s{0,5}(\d{1,5}(?:\.\d{1,3})?)(r?em)?/i.exec(media),
  );
  const least = pixels(
    /(?:min-(?:device-)?width\s{0,5}:|width\s{0,5}>=?)\s{0,5}(\d{1,5}(?:\.\d{1,3})?)(r?em)?/i.exec(media),
  );
  if (most !== undefined) return Math.min(most, USUAL - 1);
  return least === undefined ? USUAL : Math.max(least, USUAL + 1);
}

/** A length of a media query; an em there is 16 pixels unless the user has chosen otherwise. */
function pixels(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : Number(match[1]) * (match[2] === undefined ? 1 : 16);
}
