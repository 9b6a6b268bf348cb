// The one shape every search engine has. It names Document, so it cannot live in the contract.
import type { Found } from '../contract/candidate';

export interface Engine {
  /** Stable name in file names, fixtures and provenance. */
  id: string;
  /** Name shown to people. */
  name: string;
  /** Match patterns of the pages that get the collector and the observer once access is granted, all country hosts. */
  matches: string[];
  /** Whether this address shows image results. Pages switch tabs without a load, so ask again when the address changes. */
  isResultsPage(url: URL): boolean;
  /** Address of the image results of a query, which `isResultsPage` knows; missing where results have no such address. */
  searchUrl?(query: string): string;
  /**
   * Reads the document as it stands, inline scripts included, and pauses after each tile or script, so that whoever drives
   * it may give the thread back in between and go on later: how fast a machine is never decides what is found. A snapshot:
   * calling again counts the same tiles again, and a tile whose address only an XHR answer holds is refused here as
   * `no-full-size` even when `records` has found it. Addresses may still be proxied or thumbnails; the harvest room unwraps
   * and refuses them. Never throws.
   */
  steps(document: Document, url: URL): Generator<void, Found>;
  /** As `steps`, to the end in one go. */
  candidates(document: Document, url: URL): Found;
  /** Reads one answer the page itself fetched. An answer of another kind gives an empty `Found`. Never throws. */
  records?(body: string, requestUrl: URL, pageUrl: URL): Found;
  /**
   * What stands behind one image of the page, by the tile it is in, for engines whose thumbnails do not tell. `answers`
   * are texts the page fetched, the newest first. Never throws.
   */
  behind?(image: Element, document: Document, answers: readonly string[]): Found;
}

/** An engine from what is its own. */
export function engine(own: Omit<Engine, 'candidates'>): Engine {
  return {
    ...own,
    candidates(document, url) {
      const steps = own.steps(document, url);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    },
  };
}
