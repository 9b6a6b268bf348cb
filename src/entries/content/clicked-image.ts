// Finds the full-size address behind one picture the user clicked on.
import type { Candidate, Found } from '../../contract/candidate';
import type { Engine } from '../../engines/engine';
import { clean } from '../../pipeline/harvest';
import { parentOf, plain } from './unclobbered';

/** Tiles are at most this many levels above their picture. */
const LEVELS = 8;

/**
 * What the page's engine knows of the picture with this address: first by its thumbnail, then by the tile it stands in,
 * and last the picture's own address, unless that is a thumbnail itself. `candidates` holds one candidate or none.
 */
export function clickedImage(doc: Document, url: URL, engine: Engine, image: string): Found {
  const page = clean(engine.candidates(doc, url), new Set());
  const same = page.candidates.find(candidate => candidate.thumbnail === image || candidate.url === image);
  const candidate = same ?? inTile(doc, url, engine, image);
  if (candidate) return { candidates: [candidate], tiles: 1, refused: {} };
  return clean({ candidates: [{ url: image }], tiles: 1, refused: {} }, new Set());
}

function inTile(doc: Document, url: URL, engine: Engine, image: string): Candidate | undefined {
  const { body, implementation, images } = plain(doc);
  const picture = [...images].find(img => img.currentSrc === image || img.src === image);
  let level = 0;
  for (let box = picture && parentOf(picture); box && box !== body && level < LEVELS; box = parentOf(box), level++) {
    const tile = implementation.createHTMLDocument('');
    tile.body.append(tile.importNode(box, true));
    const { candidates } = clean(engine.candidates(tile, url), new Set());
    // More than one: the box holds neighbours too, and which of them was clicked cannot be told.
    if (candidates.length > 1) return undefined;
    if (candidates.length === 1) return candidates[0];
  }
  return undefined;
}
