// One harvest: a run of the collector over one page for one label, and the log line it leaves.
import type { Candidate, Refusal } from './candidate';

/** What a content script offers; the background treats it as written by the page itself. */
export interface Offer {
  harvestId: string;
  candidates: Candidate[];
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
}

/** How far the harvest's downloads are. */
export interface HarvestProgress {
  harvest: Harvest;
  label: string;
  stored: number;
  queued: number;
  rejected: number;
  /** Why nothing moves, when nothing moves. */
  paused?: PauseReason;
}

/** Why the whole queue stands still. */
export type PauseReason = 'user' | 'no-permission' | 'storage-full';
