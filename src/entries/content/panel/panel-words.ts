// What the panel says of a harvest: numbers first, then what can be done.
import type { Refusal } from '../../../contract/candidate';
import type { PauseReason } from '../../../contract/harvest';
import { number, plural, t } from '../../../edges/i18n';
import { refusalWords } from '../../../edges/reason-words';
import { named } from '../../../pipeline/bucket/label-name';

/** What the harvest is doing; each has its word in the messages file (`panel_phase_<phase>`). */
export type Phase =
  | 'naming'
  | 'collecting'
  | 'loading'
  | 'target'
  | 'end'
  | 'stopped'
  | 'left'
  | 'undoing'
  | 'undone'
  | 'image';

export interface PanelState {
  phase: Phase;
  label: string;
  /** Name of the search engine; undefined on an ordinary page. */
  site: string | undefined;
  /** The page fetched its results before they could be read, so that what its tiles lack is no change of the layout. */
  late: boolean;
  tiles: number;
  found: number;
  added: number;
  known: number;
  refused: Partial<Record<Refusal, number>>;
  stored: number;
  queued: number;
  rejected: number;
  /** Of the rejected those that are copies of pictures already there. */
  copies: number;
  paused?: PauseReason | undefined;
  /** Removed by undo. */
  removed: number;
  /** Nothing more is being read just now, so that "nothing found" can be said. */
  quiet: boolean;
  error?: string | undefined;
}

export function resultsText({ found, tiles }: PanelState): string {
  return t('panel_tiles', number(found), number(Math.max(tiles, found)));
}

/** "87 added to Kasparov · 4 already there · 9 without a full-size address" */
export function summaryText(state: PanelState): string {
  const { phase, label, added, known, copies, removed, refused } = state;
  if (phase === 'undone') return t('panel_removed', number(removed), named(label));
  const parts = [t('panel_added', number(added), named(label))];
  if (known > 0) parts.push(t('panel_known', number(known)));
  if (copies > 0) parts.push(plural('copies', copies));
  return [...parts, ...refusalWords(refused)].join(' · ');
}

export function downloadedText({ stored, rejected, copies }: PanelState): string {
  const done = t('panel_downloaded', number(stored));
  const failed = rejected - copies;
  return failed > 0 ? `${done} · ${t('panel_failed', number(failed))}` : done;
}

/** Nothing found where results are expected. */
export function nothingFound({ quiet, site, tiles, found, phase }: PanelState): boolean {
  return quiet && found === 0 && (site !== undefined || tiles > 0) && phase !== 'image' && phase !== 'undone';
}

/** What the page looks like is no longer what its engine knows; a copy of it would help. */
export function layoutChanged(state: PanelState): boolean {
  return nothingFound(state) && !(state.late && state.tiles > 0);
}

/** What stands in the way, with what to do about it; '' when nothing does. */
export function noticeText(state: PanelState): string {
  if (state.error) return state.error;
  const without = state.refused['no-full-size'] ?? 0;
  if (state.late && state.quiet && without > 0 && state.phase === 'collecting')
    return t('panel_reload', number(without));
  if (nothingFound(state) && state.phase !== 'left') {
    if (state.tiles === 0) return t('panel_nothing_site', state.site ?? '');
    return t('panel_layout_changed', number(state.tiles));
  }
  if (state.quiet && state.tiles === 0 && state.found === 0 && state.phase === 'collecting') return t('panel_nothing');
  if (state.phase === 'left') return t('panel_left');
  if (state.paused === 'no-permission') return t('panel_no_permission');
  if (state.paused === 'storage-full') return t('panel_storage_full');
  if (state.paused === 'unguarded') return t('paused_unguarded');
  if (state.paused === 'user') return t('panel_paused');
  return '';
}
