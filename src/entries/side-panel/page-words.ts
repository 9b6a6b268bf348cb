// What the panel says of the reading of a page: numbers first, then what can be done.
import type { HarvestProgress } from '../../contract/harvest';
import type { PageState } from '../../contract/page-state';
import { number, plural, t } from '../../edges/i18n';
import { refusalWords } from '../../edges/reason-words';
import { engines } from '../../engines';
import { named } from '../../pipeline/bucket/label-name';

/** Name of the search engine; undefined on an ordinary page. */
function siteOf({ engine }: PageState): string | undefined {
  const found = engines.find(({ id }) => id === engine);
  return found && found !== engines.at(-1) ? found.name : undefined;
}

/** What the reading is at. A page that showed all it has so far may show more: it is watched on. */
export function phaseText(state: PageState): string {
  const { phase, quiet } = state;
  if (nothingFound(state) && state.tiles === 0) return t('pill_nothing');
  // Where results came before anybody could look, the page is only to be loaded anew.
  if (layoutChanged(state)) return t('pill_layout');
  return phase === 'collecting' && quiet ? t('panel_watching') : t(`panel_phase_${phase}`);
}

export function foundText({ found, tiles }: PageState): string {
  return plural('panel_tiles', Math.max(tiles, found), number(found));
}

/**
 * "87 added to Kasparov · 4 already there · 9 without a full-size address"; what became of them is said elsewhere, and where
 * finds are looked over, how many were taken.
 */
export function summaryText({ refused }: PageState, { harvest, label }: HarvestProgress): string {
  const parts = harvest.seen ? [] : [t('panel_added', number(harvest.added), named(label))];
  if (harvest.known > 0) parts.push(t('panel_known', number(harvest.known)));
  return [...parts, ...refusalWords(refused)].join(' · ');
}

/** Nothing found where results are expected. */
export function nothingFound(state: PageState): boolean {
  const { quiet, tiles, found, phase } = state;
  return quiet && found === 0 && (siteOf(state) !== undefined || tiles > 0) && phase !== 'image' && phase !== 'undone';
}

/** What the page looks like is no longer what its engine knows; a copy of it would help. */
export function layoutChanged(state: PageState): boolean {
  return nothingFound(state) && !(state.late && state.tiles > 0) && state.phase !== 'left';
}

/** What stands in the way, with what to do about it; '' when nothing does. */
export function noticeText(state: PageState, paused: HarvestProgress['paused']): string {
  if (state.error) return state.error;
  const without = state.refused['no-full-size'] ?? 0;
  if (state.late && state.quiet && without > 0 && state.phase === 'collecting') return plural('panel_reload', without);
  if (nothingFound(state) && state.phase !== 'left') {
    if (state.tiles === 0) return t('panel_nothing_site', siteOf(state) ?? '');
    return plural('panel_layout_changed', state.tiles);
  }
  if (state.quiet && state.tiles === 0 && state.found === 0 && state.phase === 'collecting') return t('panel_nothing');
  if (state.phase === 'left') return t('panel_left');
  return paused === undefined ? '' : t(`paused_${paused}`);
}
