// Finds the full-size address behind one image the user clicked on.
import type { Candidate, Found } from '../../../contract/candidate';
import type { Engine } from '../../../engines/engine';
import { clean } from '../../../pipeline/harvest/clean';
import { unwrap } from '../../../pipeline/harvest/unwrap';
import type { SiteAnswer } from '../answers/answer-channel';
import { countBelow, parentOf, plain } from '../unclobbered';

/** Tiles are at most this many levels above their image. */
const LEVELS = 8;
/** Elements of a tile: a larger box holds many, and is not worth a copy. */
const TILE_ELEMENTS = 1000;
/** Characters of answers that are looked through, the newest first. */
const ANSWERS_LENGTH = 10_000_000;

/**
 * What the page's engine knows of the image with this address: by the tile it stands in, by its thumbnail in the page or
 * in the page's `answers`, and last the image's own address, unless that is a thumbnail itself. `candidates` holds one
 * candidate or none.
 */
export function clickedImage(doc: Document, url: URL, engine: Engine, image: string, answers: SiteAnswer[]): Found {
  const { images } = plain(doc);
  const clicked = [...images].find(img => img.currentSrc === image || img.src === image);
  const newest = latest(answers);
  const candidate =
    behind(doc, engine, clicked, newest) ??
    byThumbnail(engine.candidates(doc, url), image) ??
    inTile(doc, url, engine, clicked) ??
    inAnswers(newest, url, engine, image);
  if (candidate) return { candidates: [candidate], tiles: 1, refused: {} };
  return clean({ candidates: [{ url: image }], tiles: 1, refused: {}, shown: true }, new Set());
}

/** The answers, newest first, as far as they are few enough to be read while somebody waits. */
function latest(answers: SiteAnswer[]): SiteAnswer[] {
  let characters = 0;
  return [...answers].reverse().filter(({ body }) => {
    if (characters + body.length > ANSWERS_LENGTH) return false;
    characters += body.length;
    return true;
  });
}

function behind(
  doc: Document,
  engine: Engine,
  clicked: Element | undefined,
  answers: SiteAnswer[],
): Candidate | undefined {
  if (clicked === undefined || engine.behind === undefined) return undefined;
  const bodies = answers.map(({ body }) => body);
  return clean(engine.behind(clicked, doc, bodies), new Set()).candidates[0];
}

/** The candidate with this thumbnail. Proxies of one thumbnail differ, so what they hide is compared. */
function byThumbnail(found: Found, image: string): Candidate | undefined {
  const wanted = bare(image);
  return clean(found, new Set()).candidates.find(
    ({ thumbnail, url, alternatives }) =>
      url === image || alternatives?.includes(image) || (thumbnail !== undefined && bare(thumbnail) === wanted),
  );
}

function inAnswers(answers: SiteAnswer[], page: URL, engine: Engine, image: string): Candidate | undefined {
  for (const { url, body } of answers) {
    if (engine.records === undefined || !URL.canParse(url)) continue;
    const candidate = byThumbnail(engine.records(body, new URL(url), page), image);
    if (candidate) return candidate;
  }
  return undefined;
}

function inTile(doc: Document, url: URL, engine: Engine, clicked: Element | undefined): Candidate | undefined {
  const { body, implementation } = plain(doc);
  let level = 0;
  for (let box = clicked && parentOf(clicked); box && box !== body && level < LEVELS; box = parentOf(box), level++) {
    if (countBelow(box) > TILE_ELEMENTS) return undefined;
    const tile = implementation.createHTMLDocument('');
    tile.body.append(tile.importNode(box, true));
    const { candidates, tiles } = clean(engine.candidates(tile, url), new Set());
    // With neighbours in the box it cannot be told whose address was found.
    if (tiles > 1 || candidates.length > 1) return undefined;
    if (candidates.length === 1) return candidates[0];
  }
  return undefined;
}

function bare(address: string): string {
  return URL.canParse(address) ? unwrap(new URL(address)).href : address;
}
