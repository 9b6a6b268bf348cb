// Google Images: records in inline scripts (2020 on), imgres links, and the rg_meta of 2016 to 2020.
import { engine } from './engine';
import { attribute, closest, select, selectOne, text } from './scan/dom';
import { Finds } from './scan/finds';
import { GOOGLE_DOMAINS, isGoogleHost } from './scan/google-hosts';
import { type GoogleLink, googleLinksIn, readImgres, readRgMeta } from './scan/google-links';
import { googleRecords } from './scan/google-records';
import { decodeEntities } from './scan/html-entities';
import { inlineScripts } from './scan/script-text';
import { objectsIn, parseAnswer, shape, toKey } from './scan/values';

/** Result tiles of every layout since 2015. Records are found without them; tiles give the order and the count. */
const TILES =
  '.ivg-i[data-docid], [data-docid][data-lpage], [data-docid][data-ref-docid], [data-tbnid][data-ow], .isv-r[data-id], .rg_di';
/** The viewer's related images belong to the image opened, not to the query. */
const RELATED = '[data-deckid], [data-rel]';
const ID_ATTRIBUTES = ['data-docid', 'data-tbnid', 'data-id'];

export const google = engine({
  id: 'google',
  name: 'Google Images',
  matches: [...GOOGLE_DOMAINS].flatMap(domain => [`*://www.${domain}/search*`, `*://images.${domain}/*`]),

  isResultsPage(url) {
    if (!isGoogleHost(url.hostname) || url.pathname !== '/search') return false;
    return ['2', 'imgs'].includes(url.searchParams.get('udm') ?? '') || url.searchParams.get('tbm') === 'isch';
  },

  searchUrl: query => `https://www.google.com/search?udm=2&q=${encodeURIComponent(query)}`,

  *steps(document) {
    const known = new Map<string, GoogleLink>();
    for (const script of inlineScripts(document)) {
      yield;
      keep(known, recordsOf(script.element, script.text));
    }
    const finds = new Finds();
    const taken = new Set<string>();
    for (const tile of finds.reading(select(document, TILES))) {
      yield;
      if (closest(tile, RELATED) !== null) continue;
      const own = idOf(tile, undefined);
      // One tile may carry the id on several nested elements.
      if (own !== '' && taken.has(own)) continue;
      const link = readTile(tile);
      const id = own || idOf(tile, link);
      if (id !== '' && taken.has(id)) continue;
      if (id !== '') taken.add(id);
      const record = known.get(id);
      const described = complete(record, link);
      finds.addTile(described?.url, described);
    }
    for (const anchor of select(document, 'a[href*="/imgres?"]')) {
      // Tiles over the limit were counted above without being read.
      if (finds.full) break;
      const link = readImgres(attribute(anchor, 'href') ?? '');
      if (link === undefined || taken.has(link.id ?? '')) continue;
      if (closest(anchor, `${TILES}, ${RELATED}`) === null) add(finds, link, taken);
    }
    for (const [id, record] of known) {
      if (finds.full) break;
      if (!taken.has(id)) add(finds, record, taken);
    }
    return finds.found();
  },

  behind(image, document, answers) {
    const finds = new Finds();
    const tile = closest(image, TILES);
    if (tile === null) return finds.found();
    const link = readTile(tile);
    const id = idOf(tile, link);
    // Tiles of the first page have their records in scripts, those that were scrolled to in answers.
    const known = new Map<string, GoogleLink>();
    for (const script of inlineScripts(document)) keep(known, recordsOf(script.element, script.text));
    for (const body of answers) {
      if (known.get(id)?.url !== undefined) break;
      keep(known, scan(body));
    }
    const described = complete(known.get(id), link);
    finds.addTile(described?.url, described);
    return finds.found();
  },

  records(body, requestUrl) {
    const finds = new Finds();
    // What the viewer loads is related to one image.
    if (requestUrl.pathname.startsWith('/async/imgrc')) return finds.found();
    const known = new Map<string, GoogleLink>();
    keep(known, scan(body));
    const taken = new Set<string>();
    for (const record of known.values()) add(finds, record, taken);
    for (const link of [...googleLinksIn(body), ...metadataIn(body)]) {
      if (link.id === undefined || !taken.has(link.id)) add(finds, link, taken);
    }
    return finds.found();
  },
});

/** The id a tile bears itself, or its link. */
function idOf(tile: Element, link: GoogleLink | undefined): string {
  return ID_ATTRIBUTES.map(name => attribute(tile, name)).find(value => value) ?? link?.id ?? '';
}

function add(finds: Finds, link: GoogleLink, taken: Set<string>): void {
  if (link.id !== undefined) taken.add(link.id);
  finds.addTile(link.url, link);
}

/** A tile's own address, in its imgres link or its rg_meta. */
function readTile(tile: Element): GoogleLink | undefined {
  const anchor = selectOne(tile, 'a[href*="/imgres?"]') ?? closest(tile, 'a[href*="/imgres?"]');
  const link = anchor === null ? undefined : readImgres(attribute(anchor, 'href') ?? '');
  const meta = selectOne(tile, '.rg_meta');
  const described = meta === null ? undefined : readRgMeta(text(meta));
  // The link is what the viewer opens; the JSON adds the title.
  return complete(link, described);
}

/** What the first says, and what only the second does. */
function complete(first: GoogleLink | undefined, second: GoogleLink | undefined): GoogleLink | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const said = Object.entries(first).filter(([, value]) => value !== undefined);
  return { ...second, ...Object.fromEntries(said) };
}

/** A record seen twice (newer pages hold each under two keys) counts once, and one with an address beats one without. */
function keep(known: Map<string, GoogleLink>, records: GoogleLink[]): void {
  for (const record of records) {
    const key = record.id ?? toKey(record.url);
    if (known.get(key)?.url === undefined) known.set(key, record);
  }
}

/** Records of a script by element, since the page is read again whenever nodes are added and scripts do not change. */
const scanned = new WeakMap<Element, { length: number; records: GoogleLink[] }>();

function recordsOf(script: Element, text: string): GoogleLink[] {
  const before = scanned.get(script);
  if (before?.length === text.length) return before.records;
  const records = scan(text);
  scanned.set(script, { length: text.length, records });
  return records;
}

/** Larger texts are not decoded as a whole. Pages write plainly; the other ways are of answers, which are small. */
const MAX_DECODED = 2_000_000;

/** Records written plainly, and those whose quotes are `\x22`, `\u0022` or `&quot;`. */
function scan(text: string): GoogleLink[] {
  const records: GoogleLink[] = googleRecords(text);
  if (text.length > MAX_DECODED) return records;
  if (/\\(?:x|u00)22https?:/i.test(text)) records.push(...googleRecords(text.replace(HEX, decodeHex)));
  if (text.includes('&quot;http')) records.push(...googleRecords(decodeEntities(text)));
  return records;
}

const HEX = /\\(?:x|u00)([0-9a-f]{2})/gi;

function decodeHex(_whole: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** The `ischj` JSON that some clients get: metadata[] of original_image, result and thumbnail. */
function metadataIn(body: string): GoogleLink[] {
  if (!body.slice(0, 2_000_000).includes('original_image')) return [];
  const links: GoogleLink[] = [];
  for (const item of objectsIn(parseAnswer(body))) {
    const image = shape(item.original_image);
    const page = shape(item.result);
    if (image.url === undefined) continue;
    links.push({
      url: image.url,
      width: image.width,
      height: image.height,
      title: page.page_title,
      sourcePage: page.referrer_url,
      thumbnail: shape(item.thumbnail).url,
    });
  }
  return links;
}
