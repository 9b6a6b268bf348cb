// One harvest: a run of the collector over one page for one label, and the log line it leaves.
import type { Candidate, Refusal } from './candidate';

/** New candidates of a page, as a content script sends them; the background treats it as written by the page itself. */
export interface CandidateBatch {
  harvestId: string;
  /** Which engine reads the page now; a page that switches to its image tab gets another one. */
  engine: string;
  /** New since the last batch. */
  candidates: Candidate[];
  /** Of the whole page so far, as is `refused`. */
  tiles: number;
  refused: Partial<Record<Refusal, number>>;
}

/** A running or finished harvest, as the panel and the harvest log show it. */
export interface Harvest {
  id: string;
  labelId: string;
  engine: string;
  query: string;
  pageUrl: string;
  startedAt: number;
  tiles: number;
  /** Full-size addresses found. */
  found: number;
  /** Of those, new to the label. */
  added: number;
  known: number;
  refused: Partial<Record<Refusal, number>>;
  undone: boolean;
  /** The user looks the finds over before they are taken: nothing a page sends is queued. */
  seen?: true;
  /** Finds the user left out of what was taken. */
  leftOut?: number;
  /** Name of its label while there is none yet: the label is made with its first image. */
  newLabel?: string;
  /** The label came into being with this harvest. */
  madeLabel?: true;
}

/** What of a harvest is where. */
export interface HarvestHoldings {
  /** Images in the dataset under its label: what undoing it takes. */
  images: number;
  /** Images the user has put under other labels since, which stay. */
  elsewhere: number;
  /** Images the user has deleted since, one by one, from the bin as well. */
  removed: number;
  /** Images that went into the bin when it was undone, and are there still. */
  deleted: number;
  /** Downloads that wait. */
  queued: number;
  /** Downloads that ended when it was undone, and will wait again once it is back. */
  cancelled: number;
}

/** What became of a part of an imported list. */
export interface ListAdded {
  /** Names the import, so that its next part joins it. */
  harvestId: string;
  added: number;
  known: number;
  refused: Partial<Record<Refusal, number>>;
}

/** What the collector is told when it asks what it was injected for. */
export interface HarvestStart {
  harvest: Harvest;
  label: string;
  /** Images wanted before "Load more" stops by itself. */
  target: number;
  /** "Add this image": the address of the image that was clicked; nothing else on the page is collected. */
  image?: string;
  /** What is found is shown in the side panel and taken from there. */
  seen?: boolean;
  /** "Add all images on this page": read by the engine for ordinary pages, whatever site this is. */
  everything?: boolean;
}

/** How far the harvest's downloads are. */
export interface HarvestProgress {
  harvest: Harvest;
  label: string;
  stored: number;
  queued: number;
  rejected: number;
  /** Of the rejected those that are copies of images the dataset has: nothing failed there. */
  copies: number;
  /** Why nothing moves, when nothing moves. */
  paused?: PauseReason;
}

/** Why the whole queue stands still; `unguarded`: the browser does not keep us out of private networks. */
export type PauseReason = 'user' | 'no-permission' | 'storage-full' | 'unguarded';
