// What comes next: the next search of the plan, or the training once every label has its images.
import { number, t } from '../../edges/i18n';
import { openApp } from '../../edges/tabs';
import { named } from '../../pipeline/bucket/label-name';
import { nextSearch } from '../../pipeline/harvest/plan';
import { harvest, tab } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { openSearch, plan } from '../parts/plan/open-search';
import { shownSearch } from './follow-plan';

export function NextStep() {
  const planned = plan.value;
  const collected = (harvest.value?.harvest.added ?? 0) > 0 && !harvest.value?.harvest.undone;
  if (!planned) return collected ? <Train primary={false} /> : null;
  const next = nextSearch(planned);
  const search = next === undefined ? undefined : planned.searches[next];
  const open = planned.searches[planned.at];
  // While the open search waits to be taken, going on is the lesser thing.
  const ready = open?.state !== 'waiting';
  if (next === undefined || !search) return ready ? <Train primary /> : null;
  const here = tab.value?.id === planned.tabId ? planned.tabId : undefined;
  return (
    <div class="row next-step">
      <button
        type="button"
        class={ready ? 'primary' : ''}
        onClick={() => openSearch(planned, next, here, false).catch(complain)}
      >
        {t('next_search', named(search.name), number(next + 1), number(planned.searches.length))}
      </button>
      {!shownSearch.value && open?.state === 'waiting' && (
        <button
          type="button"
          class="quiet"
          onClick={() => openSearch(planned, planned.at, here, false).catch(complain)}
        >
          {t('back_to_search', named(open.name))}
        </button>
      )}
    </div>
  );
}

function Train({ primary }: { primary: boolean }) {
  return (
    <div class="row next-step">
      <button type="button" class={primary ? 'primary' : 'quiet'} onClick={() => openApp('train').catch(complain)}>
        {t('next_train')}
      </button>
    </div>
  );
}
