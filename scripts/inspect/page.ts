// What the collector would make of a saved page, by the very functions of the content script, without a browser.
import { JSDOM, VirtualConsole } from 'jsdom';
import type { Refusal } from '../../src/contract/candidate';
import { engineFor } from '../../src/engines';
import { checkCandidate } from '../../src/pipeline/harvest/check-batch';
import { clean } from '../../src/pipeline/harvest/clean';
import { PageTally } from '../../src/pipeline/harvest/page-tally';

/** Characters of a page that are read; jsdom takes about a second for each million. */
const MOST_CHARACTERS = 6_000_000;
/** Characters of styles up to which backgrounds are computed: jsdom holds every element against every rule. */
const MOST_STYLES = 20_000;

export interface InspectedPage {
  kind: 'page';
  /** Id of the engine that reads pages of this address. */
  engine: string;
  candidates: { url: string; alternatives: string[] }[];
  tiles: number;
  refused: Partial<Record<Refusal, number>>;
}

/**
 * Reads a page as it stands, as the panel would before anything is added to it. No script of it runs and nothing is fetched,
 * so what only the browser knows (natural sizes, which source it shows, what further answers hold) is taken from the markup.
 * @param html  the page's source, of which the first 6 million characters are read
 * @param address  where it stood; throws a TypeError for what is no address
 */
export function inspectPage(html: string, address: string): InspectedPage {
  const url = new URL(address);
  const engine = engineFor(url);
  const found = clean(engine.candidates(opened(html.slice(0, MOST_CHARACTERS), url), url), new Set());
  const tally = new PageTally();
  tally.whole(found);
  // As the background does: a page can forge what a content script sends.
  const checked = found.candidates.flatMap(candidate => checkCandidate(candidate) ?? []);
  return {
    kind: 'page',
    engine: engine.id,
    candidates: checked.map(({ url, alternatives = [] }) => ({ url, alternatives })),
    tiles: tally.tiles,
    refused: tally.refused(),
  };
}

/** A document without scripts. With heavy styles it has no window, and only backgrounds that elements bear themselves are seen. */
function opened(html: string, url: URL): Document {
  const virtualConsole = new VirtualConsole();
  const styles = [...html.matchAll(/<style\b[^>]{0,1000}>/gi)].map(
    ({ index }) => html.indexOf('</style', index) - index,
  );
  const heavy = html.length > 1_000_000 || styles.some(length => length < 0) || sum(styles) > MOST_STYLES;
  if (!heavy) return new JSDOM(html, { url: url.href, virtualConsole }).window.document;
  const { DOMParser } = new JSDOM('', { url: url.href, virtualConsole }).window;
  return new DOMParser().parseFromString(html, 'text/html');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
