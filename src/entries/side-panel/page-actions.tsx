// What can be done with the page that is read: more results, a stop, and the way back. Each keeps its place while it is there.
import './page-actions.css';
import { number, plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { AccessButton } from '../parts/access-button';
import { access } from '../parts/collect/state';
import { attempt, complain } from '../parts/complain';
import { command, page } from './follow-tab';
import { layoutChanged, nothingFound } from './page-words';
import { mine, nextThing, removed, undone } from './run';

/** There is no more, or nothing can come. */
const NO_MORE = ['end', 'undone', 'image', 'left', 'naming'];

export function PageActions() {
  const state = page.value;
  if (!state) return null;
  const progress = mine.value;
  const total = progress ? progress.stored + progress.queued : 0;
  const more = !nothingFound(state) && !NO_MORE.includes(state.phase);
  const undo = () =>
    attempt(async () => {
      if (!state.harvestId) return;
      // Known beforehand, so that the way back stands there as this button goes, and the keyboard goes on at it.
      removed.value = total;
      await ask('undoHarvest', { harvestId: state.harvestId, step: true });
      command('undone');
    });
  const redo = () =>
    attempt(async () => {
      if (!state.harvestId) return;
      await ask('redoHarvest', { harvestId: state.harvestId });
      command('redone');
    });
  return (
    <>
      {progress?.paused === 'no-permission' && !access.value && (
        <AccessButton primary={nextThing.value === 'access'} onError={complain} />
      )}
      <div class="page-actions">
        {/* At the other end than the undo: two presses on that one must not meet this. */}
        {undone.value && progress?.harvest.seen && removed.value > 0 && (
          <button type="button" onClick={redo}>
            {t('panel_redo')}
          </button>
        )}
        {more && (
          <button type="button" disabled={state.phase === 'loading'} onClick={() => command('more')}>
            {t('panel_load_more')}
          </button>
        )}
        {more && (
          <button type="button" class="quiet" disabled={state.phase === 'stopped'} onClick={() => command('stop')}>
            {t('panel_stop')}
          </button>
        )}
        {layoutChanged(state) && (
          <button type="button" onClick={() => command('save')}>
            {t('panel_save_page')}
          </button>
        )}
        {!undone.value && progress && progress.harvest.added > 0 && (
          <button type="button" class="quiet last" title={plural('panel_undo_words', total)} onClick={undo}>
            {t('panel_undo_some', number(total))}
          </button>
        )}
      </div>
    </>
  );
}
