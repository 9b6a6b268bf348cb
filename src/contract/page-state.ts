// What the collector in a page and the side panel tell each other. The panel is the extension's own; what comes from the page's
// process is checked where it arrives.
import type { Candidate, Refusal } from './candidate';

/** The name of the connection between the two. */
export const PAGE_PORT = 'gleaner-page';

/** What the harvest is doing; each has its word in the messages file (`panel_phase_<phase>`). */
export const PHASES = [
  'naming',
  'collecting',
  'loading',
  'target',
  'end',
  'stopped',
  'left',
  'undone',
  'image',
] as const;
export type Phase = (typeof PHASES)[number];

export interface PageState {
  phase: Phase;
  /** Missing while the label has yet to be named. */
  harvestId?: string;
  /** Id of the engine that reads the page. */
  engine: string;
  query: string;
  /** The page fetched its results before they could be read, so that what its tiles lack is no change of the layout. */
  late: boolean;
  tiles: number;
  found: number;
  refused: Partial<Record<Refusal, number>>;
  /** Nothing more is being read just now, so that "nothing found" can be said. */
  quiet: boolean;
  error?: string;
}

/** From the page. Finds come in the order found, each once; `from` is the place of the first. */
export type FromPage = { state: PageState } | { finds: Candidate[]; from: number };

/** To the page. */
export const PAGE_COMMANDS = ['more', 'stop', 'undone', 'redone', 'save'] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
