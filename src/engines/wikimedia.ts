// Wikimedia Commons: an original's address follows from its thumbnail's; API answers name it outright.
import { engine } from './engine';
import { attribute, closest, property, select } from './scan/dom';
import { Finds } from './scan/finds';
import { largestOf } from './scan/srcset';
import { objectsIn, parseAnswer, shape } from './scan/values';

/** The file's page: an image without one belongs to the site's furniture. */
const FILE_LINK = 'a[href*="/wiki/File:"], a[href*="title=File:"]';

export const wikimedia = engine({
  id: 'wikimedia',
  name: 'Wikimedia Commons',
  matches: ['*://commons.wikimedia.org/*', '*://commons.m.wikimedia.org/*'],

  isResultsPage(url) {
    if (!/^commons\.(?:m\.)?wikimedia\.org$/.test(url.hostname)) return false;
    if (/^\/wiki\/(?:Special:(?:MediaSearch|Search)|Category:.)/.test(url.pathname)) return true;
    const title = url.searchParams.get('title') ?? '';
    return (
      url.pathname === '/w/index.php' &&
      (url.searchParams.has('search') || /^(?:Category:|Special:MediaSearch)/.test(title))
    );
  },

  searchUrl: query =>
    `https://commons.wikimedia.org/w/index.php?title=Special:MediaSearch&type=image&search=${encodeURIComponent(query)}`,

  *steps(document, url) {
    const finds = new Finds();
    for (const image of finds.reading(select(document, 'img'))) {
      yield;
      const link = closest(image, FILE_LINK);
      if (link === null) continue;
      const source = [
        attribute(image, 'data-src'),
        largestOf(attribute(image, 'srcset') ?? '')?.url,
        attribute(image, 'src'),
      ].find(address => address?.includes('//upload.wikimedia.org/'));
      const href = attribute(link, 'href') ?? '';
      const address = originalOf(source ?? undefined);
      const own = address !== undefined && !THUMB.test(address);
      finds.addTile(address, {
        width: own ? attribute(image, 'data-file-width') : undefined,
        height: own ? attribute(image, 'data-file-height') : undefined,
        title: attribute(image, 'alt') || property(link, 'title'),
        sourcePage: URL.canParse(href, url.href) ? new URL(href, url.href).href : undefined,
        thumbnail: source,
      });
    }
    return finds.found();
  },

  records(body) {
    const finds = new Finds();
    for (const page of objectsIn(parseAnswer(body))) {
      if (!Array.isArray(page.imageinfo)) continue;
      const info = shape(page.imageinfo[0]);
      const url = typeof info.url === 'string' ? imageOf(info.url, info.thumburl) : undefined;
      finds.addTile(url, {
        ...(url === info.url ? { width: info.width, height: info.height } : {}),
        title: typeof page.title === 'string' ? page.title.replace(/^File:/, '') : undefined,
        sourcePage: info.descriptionurl,
        licence: shape(shape(info.extmetadata).LicenseShortName).value,
        thumbnail: info.thumburl,
      });
    }
    return finds.found();
  },
});

const THUMB = /^(https?:\/\/upload\.wikimedia\.org\/wikipedia\/[^/]+)\/thumb\/((?:archive\/)?\w\/\w\w\/[^/]+)\/[^/]+$/;
/** One of the widths that Wikimedia makes for everyone. */
const DRAWN_WIDTH = 960;

/**
 * `…/wikipedia/<project>/thumb/a/ab/Name/320px-Name` without `/thumb` and the last part. Only here: on another engine such
 * an address is the one reported, and is kept.
 */
function originalOf(source: string | undefined): string | undefined {
  const address = source?.startsWith('//') ? `https:${source}` : source;
  if (address === undefined) return undefined;
  const shown = address.replace(/[?#].*$/s, '');
  const parts = THUMB.exec(shown);
  return parts === null ? address : imageOf(`${parts[1]}/${parts[2]}`, shown);
}

/**
 * The original where it is an image. Drawings, scans and documents are not: of a drawing the address of a large image
 * follows by Wikimedia's own rule, of the others the image shown is the largest that is known. Sound and film have none.
 */
function imageOf(original: string, shown: unknown): string | undefined {
  const [, start, name] = /^(https?:\/\/upload\.wikimedia\.org\/wikipedia\/[^/]+)\/(.+)$/.exec(original) ?? [];
  if (/\.svg$/i.test(original) && start && name)
    return `${start}/thumb/${name}/${DRAWN_WIDTH}px-${name.replace(/^.*\//, '')}.png`;
  if (/\.(?:tiff?|pdf|djvu|xcf)$/i.test(original)) return typeof shown === 'string' ? shown : undefined;
  return /\.(?:og[avg]|oga|opus|webm|wav|mp3|mp4|mid|stl)$/i.test(original) ? undefined : original;
}
