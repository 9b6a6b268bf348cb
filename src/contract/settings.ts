// Settings kept in storage.local: defaults, type and version in one place.
import type { BackendName } from './features';
import { DEFAULT_RATIOS, type SplitRatios } from './sample';

/** Whether a site that refuses a picture is told the page that shows it: asked of the user once, then kept. */
export const REFERER_CHOICES = ['ask', 'always', 'never'] as const;

export interface Settings {
  version: 1;
  ratios: SplitRatios;
  /** Chosen by hand, or undefined for "whatever is fastest here". */
  backend?: BackendName;
  /** Images wanted per harvest before "Load more" stops by itself. */
  target: number;
  /** Downloads at the same time, 1 to 6; of one site never more than two. */
  transfers: number;
  /** Smallest side, in pixels, of an image worth keeping. */
  minSide: number;
  /** Images pass the built-in network while a page is open, so that a training finds their features. */
  lookAhead: boolean;
  /** Honour X-Robots-Tag noai / noimageai. */
  honourOptOut: boolean;
  /** A Referer for pictures that are refused without one; none goes out before the user has said so. */
  sendReferer: (typeof REFERER_CHOICES)[number];
  /** Say so when an image resembles nothing that was learnt. */
  noneOfThese: boolean;
  /** Takes all of a page at once where the side panel would show the finds first. */
  takeAtOnce: boolean;
  /** The search engine that searches are opened with. */
  searchEngine: string;
  /** The three steps of the first run were seen. */
  welcomed: boolean;
}
export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  ratios: DEFAULT_RATIOS,
  target: 100,
  transfers: 6,
  minSide: 32,
  lookAhead: true,
  honourOptOut: true,
  sendReferer: 'ask',
  noneOfThese: true,
  takeAtOnce: false,
  searchEngine: 'bing',
  welcomed: false,
};
