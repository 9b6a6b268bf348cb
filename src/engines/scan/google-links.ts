// Google's other two places for a full-size address: `/imgres?` links, and the `rg_meta` JSON of 2016 to 2020.

import { percentDecoded } from '../../formats/percent';
import { decodeEntities } from './html-entities';
import { literalAfter } from './js-literal';
import { unescapeString } from './js-string';
import { type Shape, shape } from './values';

/** What one link or one rg_meta says; the parts are as unchecked as the page. */
export interface GoogleLink {
  id?: string;
  url: unknown;
  width?: unknown;
  height?: unknown;
  title?: unknown;
  sourcePage?: unknown;
  thumbnail?: unknown;
}

/** Reads a link `/imgres?imgurl=…&imgrefurl=…&w=…&h=…&tbnid=…`; undefined when it is another kind. */
export function readImgres(href: string): GoogleLink | undefined {
  const query = /\/imgres\?(.*)$/s.exec(href.slice(0, 20_000))?.[1];
  if (query === undefined) return undefined;
  const link: GoogleLink = {
    url: parameter(query, 'imgurl'),
    sourcePage: parameter(query, 'imgrefurl'),
    width: parameter(query, 'w'),
    height: parameter(query, 'h'),
  };
  const id = parameter(query, 'tbnid');
  if (id !== undefined) link.id = id;
  return link.url === undefined ? undefined : link;
}

/** URLSearchParams would turn the plus signs of an address that was put in bare into spaces. */
function parameter(query: string, name: string): string | undefined {
  const raw = new RegExp(`(?:^|[&?])${name}=([^&#]*)`).exec(query)?.[1];
  return raw === undefined ? undefined : percentDecoded(raw);
}

/** Reads the JSON of an `.rg_meta`; undefined when it holds no `ou` (related searches, and everything before 2016). */
export function readRgMeta(json: string): GoogleLink | undefined {
  const meta: Shape = shape(literalAfter(json.slice(0, 50_000), 0));
  if (meta.ou === undefined) return undefined;
  const link: GoogleLink = {
    url: meta.ou,
    width: meta.ow,
    height: meta.oh,
    title: meta.pt,
    sourcePage: meta.ru,
    thumbnail: meta.tu,
  };
  if (typeof meta.id === 'string') link.id = meta.id;
  return link;
}

const MAX_LINKS = 5000;
const MAX_LENGTH = 8200;
/** What a link is written with in HTML, and in HTML within a JavaScript or JSON string. */
const LINK = new RegExp(String.raw`(?:[^"'<>\s\\]|\\u00(?:3d|26)|\\x(?:3d|26)|\\\/){1,${MAX_LENGTH}}`, 'iy');

/** The imgres links and rg_meta in the text of an answer, which is HTML, often inside a JSON string. Linear in the text. */
export function googleLinksIn(body: string): GoogleLink[] {
  return [...imgresIn(body), ...rgMetaIn(body)];
}

function imgresIn(body: string): GoogleLink[] {
  const links: GoogleLink[] = [];
  for (let at = body.indexOf('/imgres?'); at !== -1 && links.length < MAX_LINKS; ) {
    LINK.lastIndex = at;
    const raw = LINK.exec(body)?.[0] ?? '/imgres?';
    const end = at + raw.length;
    // A link that the text ends in may be cut off, and one that goes on is none.
    const closed = end < body.length && raw.length < MAX_LENGTH;
    const link = closed ? readImgres(decodeEntities(unescapeString(raw))) : undefined;
    if (link !== undefined) links.push(link);
    at = body.indexOf('/imgres?', end);
  }
  return links;
}

function rgMetaIn(body: string): GoogleLink[] {
  const links: GoogleLink[] = [];
  for (let at = body.indexOf('rg_meta'); at !== -1 && links.length < MAX_LINKS; ) {
    const near = body.slice(at, at + MAX_LENGTH);
    const end = near.indexOf('<');
    // Within what is stepped over afterwards, so that no character is looked at twice.
    const within = near.slice(0, Math.max(0, end));
    const start = within.indexOf('>');
    const raw = start === -1 ? '' : within.slice(start + 1);
    // Within a JSON string every quote of the HTML is escaped once more.
    const link = readRgMeta(decodeEntities(/^\s*\{\s*\\/.test(raw) ? unescapeString(raw) : raw));
    if (link !== undefined) links.push(link);
    at = body.indexOf('rg_meta', at + (end === -1 ? near.length : Math.max(end, 1)));
  }
  return links;
}
