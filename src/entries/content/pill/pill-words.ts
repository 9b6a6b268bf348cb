// What the pill says of a harvest in one line.
import type { PageState } from '../../../contract/page-state';
import { number, plural, t } from '../../../edges/i18n';

export interface PillState extends Pick<PageState, 'phase' | 'found' | 'tiles' | 'quiet' | 'late' | 'error'> {
  /** The finds wait to be looked over. */
  seen: boolean;
  added: number;
  stored: number;
}

/** "56 of 60 here", "60 found" */
export function pillText({ phase, seen, found, tiles, quiet, late, added, stored, error }: PillState): string {
  if (error) return error;
  if (phase === 'naming') return t('pill_name');
  if (phase === 'undone' || phase === 'left') return t(`panel_phase_${phase}`);
  if (added > 0) return t('pill_here', number(stored), number(added));
  if (seen && found > 0) return plural('pill_found', found);
  const toReload = late && tiles > 0;
  if (quiet && found === 0 && phase !== 'image' && !toReload) return t(tiles > 0 ? 'pill_layout' : 'pill_nothing');
  return t(`panel_phase_${phase}`);
}
