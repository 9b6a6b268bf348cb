// What comes next, always at the foot of the panel: the next search of the plan, or the training once every label has its images.
import { number, t } from '../../edges/i18n';
import { openApp } from '../../edges/tabs';
import { named } from '../../pipeline/bucket/label-name';
import { nextSearch } from '../../pipeline/harvest/plan';
import { labels, tab } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { openSearch, plan } from '../parts/plan/open-search';
import { shownSearch } from './follow-plan';
import { nextThing, reading } from './run';

export function NextStep() {
  const planned = plan.value;
  const next = planned ? nextSearch(planned) : undefined;
  const search = next === undefined ? undefined : planned?.searches[next];
  if (!planned || next === undefined || !search) return <Train />;
  const open = planned.searches[planned.at];
  const here = tab.value?.id === planned.tabId ? planned.tabId : undefined;
  return (
    <>
      {!shownSearch.value && open?.state === 'waiting' && (
        <button
          type="button"
          class="quiet"
          onClick={() => openSearch(planned, planned.at, here, false).catch(complain)}
        >
          <span class="two-lines">{t('back_to_search', named(open.name))}</span>
        </button>
      )}
      <button
        type="button"
        class={nextThing.value === 'next' ? 'primary' : ''}
        onClick={() => openSearch(planned, next, here, false).catch(complain)}
      >
        <span class="two-lines">
          {t('next_search', named(search.name), number(next + 1), number(planned.searches.length))}
        </span>
      </button>
    </>
  );
}

/** There from the first, so that nothing moves when it may be pressed. */
function Train() {
  const some = (labels.value?.length ?? 0) > 0;
  if (!reading.value && !some) return null;
  const primary = plan.value && nextThing.value === 'next';
  return (
    <button
      type="button"
      class={primary ? 'primary' : ''}
      disabled={!some}
      onClick={() => openApp('train').catch(complain)}
    >
      {t('next_train')}
    </button>
  );
}
