// Scans what was added to a heavy page in small pieces: copies of the added nodes in a document of their own.

import { beginning, select } from '../../../engines/scan/dom';
import { childrenOf, countBelow, parentOf, plain } from '../unclobbered';

/** Elements copied at once; an engine reads so many in a few milliseconds. */
const PIECE = 1500;
/** Characters of scripts in one piece; the rest of a longer one is not read from a whole page either. */
const SCRIPT = 3_000_000;
/** Elements that may wait. Beyond it something other than results floods the page. */
const WAITING = 20_000;

/** Inert documents: no scripts run in them, no images load. */
interface Piece {
  nodes: Document;
  /** Inline scripts, apart: what they hold are the same results as the tiles', not further ones. */
  scripts: Document | undefined;
}

export class AddedNodes {
  private readonly waiting = new Set<Element>();

  /** Remembers an element; one inside another that waits is read with it. */
  add(element: Element): void {
    if (this.waiting.size < WAITING) this.waiting.add(element);
  }

  clear(): void {
    this.waiting.clear();
  }

  get size(): number {
    return this.waiting.size;
  }

  /**
   * The next piece, or undefined when nothing waits. Elements that left the page meanwhile, as virtualised grids do with
   * tiles, are still read.
   */
  next(doc: Document): Piece | undefined {
    let room = PIECE;
    let nodes: Document | undefined;
    // Held apart: a copied image named "body" would take its place.
    let body: HTMLElement | undefined;
    const scripts: Element[] = [];
    for (const element of this.waiting) {
      // One script at a time: each may be long.
      if (room <= 0 || (scripts.length > 0 && isScript(element))) break;
      this.waiting.delete(element);
      if (this.coveredByAncestor(element)) continue;
      const size = countBelow(element) + 1;
      if (size > PIECE) {
        for (const child of childrenOf(element)) this.add(child);
        continue;
      }
      room -= size;
      nodes ??= emptyPage(doc);
      body ??= nodes.body;
      if (isScript(element)) scripts.push(element);
      else {
        const copy = plain(nodes).importNode(element, true);
        scripts.push(...select(element, 'script:not([src])'));
        for (const script of select(copy, 'script')) plain(script).remove();
        body.append(copy);
      }
    }
    return nodes && { nodes, scripts: scripts.length > 0 ? scriptPage(doc, scripts) : undefined };
  }

  private coveredByAncestor(element: Element): boolean {
    for (let parent = parentOf(element); parent !== null; parent = parentOf(parent)) {
      if (this.waiting.has(parent)) return true;
    }
    return false;
  }
}

function emptyPage(doc: Document): Document {
  return plain(doc).implementation.createHTMLDocument('');
}

function isScript(element: Element): boolean {
  return plain(element).localName === 'script';
}

/** A document of the scripts' beginnings, in order. */
export function scriptPage(doc: Document, scripts: Element[]): Document {
  const page = emptyPage(doc);
  let left = SCRIPT;
  for (const script of scripts) {
    const copy = page.createElement('script');
    copy.textContent = beginning(script, left);
    left -= copy.textContent.length;
    page.body.append(copy);
  }
  return page;
}
