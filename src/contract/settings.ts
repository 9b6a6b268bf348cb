// Settings kept in storage.local. One line of the table says all of one: its default, what it may be, and whose it is.
import { BACKENDS, type BackendName } from './features';
import { DEFAULT_RATIOS, type SplitRatios } from './sample';

/** Whether a site that refuses an image is told the page that shows it: asked of the user once, then kept. */
export const REFERER_CHOICES = ['ask', 'always', 'never'] as const;

export interface Settings {
  version: 1;
  ratios: SplitRatios;
  /** Chosen by hand, or undefined for "whatever is fastest here". */
  backend?: BackendName;
  /** Images wanted per harvest before "Load more" stops by itself. */
  target: number;
  /** Downloads at the same time; of one site never more than two. */
  transfers: number;
  /** Smallest side, in pixels, of an image worth keeping. */
  minSide: number;
  /** Images pass the built-in network while a page is open, so that a training finds their features. */
  lookAhead: boolean;
  /** Train again by itself when images have changed. */
  keepUpToDate: boolean;
  /** Honour X-Robots-Tag noai / noimageai. */
  honourOptOut: boolean;
  /** A Referer for images that are refused without one; none goes out before the user has said so. */
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
export type SettingName = Exclude<keyof Settings, 'version'>;

interface Setting<T> {
  default: T;
  /** The value, made anew of what is known here; undefined where it cannot be one. */
  read(value: unknown): T | undefined;
  /** The project's settings go into backups; those of the user and the device stay where they are. */
  of: 'project' | 'user' | 'device';
}

/** What each setting may be, wherever the value comes from; backups hold them in this order. */
export const SETTINGS = {
  ratios: { default: DEFAULT_RATIOS, read: readRatios, of: 'project' },
  backend: { default: undefined, ...oneOf(BACKENDS), of: 'device' },
  target: { default: 100, ...whole(1, 5000), of: 'project' },
  transfers: { default: 6, ...whole(1, 6), of: 'project' },
  minSide: { default: 32, ...whole(0, 4000), of: 'project' },
  lookAhead: { default: true, read: truth, of: 'user' },
  keepUpToDate: { default: false, read: truth, of: 'user' },
  honourOptOut: { default: true, read: truth, of: 'project' },
  sendReferer: { default: 'ask', ...oneOf(REFERER_CHOICES), of: 'user' },
  noneOfThese: { default: true, read: truth, of: 'user' },
  takeAtOnce: { default: false, read: truth, of: 'project' },
  searchEngine: { default: 'bing', read: shortName, of: 'project' },
  welcomed: { default: false, read: truth, of: 'project' },
} as const satisfies { [K in SettingName]: Setting<Settings[K]> };

const NAMES = Object.keys(SETTINGS) as SettingName[];

export const DEFAULT_SETTINGS = {
  version: 1,
  ...Object.fromEntries(NAMES.map(name => [name, SETTINGS[name].default]).filter(([, value]) => value !== undefined)),
} as Settings;

type NameOf<Owner> = { [K in SettingName]: (typeof SETTINGS)[K]['of'] extends Owner ? K : never }[SettingName];
export type ProjectSettings = Pick<Settings, NameOf<'project'>>;
export const PROJECT_SETTINGS = NAMES.filter(name => SETTINGS[name].of === 'project') as NameOf<'project'>[];

/** What a backup takes along. */
export function projectSettings(settings: Settings): ProjectSettings {
  return Object.fromEntries(PROJECT_SETTINGS.map(name => [name, settings[name]])) as ProjectSettings;
}

function truth(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function shortName(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 40 ? value : undefined;
}

function oneOf<const T extends readonly string[]>(choices: T) {
  return { choices, read: (value: unknown): T[number] | undefined => choices.find(choice => choice === value) };
}

function whole(least: number, most: number) {
  const read = (value: unknown): number | undefined =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined;
  return { least, most, read };
}

function readRatios(value: unknown): SplitRatios | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { train, valid, test } = value as Record<string, unknown>;
  const shares = [train, valid, test].map(share => (typeof share === 'number' ? share : Number.NaN));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!shares.every(share => share >= 0 && share <= 1) || Math.abs(sum - 1) > 1e-6 || shares[0] === 0) return undefined;
  return { train, valid, test } as SplitRatios;
}
