// What the extension's scripts of one page leave for each other in their own world; the page sees nothing of it.
import type { Channel } from './answers/answer-channel';
import type { Ears } from './pill/ears';
import type { PageHarvest } from './reading/page-harvest';

export interface Early {
  ears: Ears;
  channel: Channel;
}

export const ownWorld = globalThis as typeof globalThis & { gleanerEarly?: Early; gleanerCollector?: PageHarvest };
