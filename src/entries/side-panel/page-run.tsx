// A page that is being read: how far it is, what stands in the way, more results, and the way back.
import { useSignal } from '@preact/signals';
import { plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { named } from '../../pipeline/bucket/label-name';
import { AccessButton } from '../parts/access-button';
import { Progress } from '../parts/collect/progress';
import { access, harvest } from '../parts/collect/state';
import { attempt, complain } from '../parts/complain';
import { Note } from '../parts/note';
import { command, page } from './follow-tab';
import { LookOver } from './look-over';
import { foundText, layoutChanged, nothingFound, noticeText, summaryText } from './page-words';

/** What is done when there is no more, or while nothing can come. */
const NO_MORE = ['loading', 'end', 'undone', 'image', 'left', 'naming'];

export function PageRun() {
  const state = page.value;
  const mine = harvest.value?.harvest.id === state?.harvestId ? harvest.value : undefined;
  const removed = useSignal<number>();
  if (!state) return null;
  const notice = noticeText(state, mine?.paused);
  const nothing = nothingFound(state);
  const total = mine ? mine.stored + mine.queued : 0;
  const undone = state.phase === 'undone' || mine?.harvest.undone === true;
  const undo = () =>
    attempt(async () => {
      if (!state.harvestId) return;
      removed.value = (await ask('undoHarvest', { harvestId: state.harvestId, step: true })).removed;
      command('undone');
    });
  return (
    <div class="stack">
      <div class="row spread">
        <span>{t(`panel_phase_${state.phase}`)}</span>
        {state.phase !== 'image' && <span class="soft">{foundText(state)}</span>}
      </div>
      <div role="alert">{notice !== '' && <Note kind="warn">{notice}</Note>}</div>
      {mine?.paused === 'no-permission' && !access.value && <AccessButton onError={complain} />}
      {mine?.harvest.seen && !undone && <LookOver />}
      {mine && !undone && <Progress progress={mine} />}
      <p class="small" role="status">
        {undone ? t('panel_removed', removed.value ?? 0, named(mine?.label ?? '')) : mine && summaryText(state, mine)}
      </p>
      <div class="row">
        {!nothing && !NO_MORE.includes(state.phase) && (
          <button type="button" onClick={() => command('more')}>
            {t('panel_load_more')}
          </button>
        )}
        {(state.phase === 'loading' || (state.phase === 'collecting' && !nothing)) && (
          <button type="button" class="quiet" onClick={() => command('stop')}>
            {t('panel_stop')}
          </button>
        )}
        {layoutChanged(state) && (
          <button type="button" onClick={() => command('save')}>
            {t('panel_save_page')}
          </button>
        )}
        {mine && !undone && mine.harvest.added > 0 && (
          <button type="button" class="quiet" title={plural('panel_undo_words', total)} onClick={undo}>
            {t('panel_undo')}
          </button>
        )}
      </div>
    </div>
  );
}
