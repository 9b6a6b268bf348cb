// Scans what was added to a heavy page in small pieces: copies of the added nodes in a document of their own.

import { childrenOf, countBelow, parentOf, plain } from './unclobbered';

/** Elements copied at once; an engine reads so many in a few milliseconds. */
const PIECE = 1500;
/** Elements that may wait. Beyond it something other than results floods the page. */
const WAITING = 20_000;

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
   * The next piece as an inert document (no scripts run, no pictures load), or undefined when nothing waits. Elements
   * that left the page meanwhile, as virtualised grids do with tiles, are still read.
   */
  next(doc: Document): Document | undefined {
    let room = PIECE;
    let piece: Document | undefined;
    // Held apart: a copied picture named "body" would take its place.
    let body: HTMLElement | undefined;
    for (const element of this.waiting) {
      if (room <= 0) break;
      this.waiting.delete(element);
      if (this.coveredByAncestor(element)) continue;
      const size = countBelow(element) + 1;
      if (size > PIECE) {
        for (const child of childrenOf(element)) this.add(child);
        continue;
      }
      room -= size;
      piece ??= plain(doc).implementation.createHTMLDocument('');
      body ??= piece.body;
      body.append(plain(piece).importNode(element, true));
    }
    return piece;
  }

  private coveredByAncestor(element: Element): boolean {
    for (let parent = parentOf(element); parent !== null; parent = parentOf(parent)) {
      if (this.waiting.has(parent)) return true;
    }
    return false;
  }
}
