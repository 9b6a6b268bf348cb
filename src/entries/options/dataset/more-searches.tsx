// Further searches for a label that has few or similar images: what those before were worth, and others that may bring new ones.
import './more-searches.css';
import { useSignal } from '@preact/signals';
import type { Label } from '../../../contract/label';
import { number, t } from '../../../edges/i18n';
import { searchEngines } from '../../../engines';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import type { SearchWay } from '../../../pipeline/harvest/further-searches';
import { complain } from '../../parts/complain';
import { searchFor } from '../../parts/plan/open-search';
import { searchesAhead } from '../../parts/plan/searches-ahead';
import { Dialog } from '../app/dialog';
import { useRead } from '../app/read';
import { jobsVersion, samplesVersion, settings } from '../app/state';
import { sourceName } from '../image/source-name';

export function MoreSearches({ label, onClose }: { label: Label; onClose: () => void }) {
  const choice = settings.value?.searchEngine;
  const { value } = useRead([samplesVersion, jobsVersion], () => searchesAhead(label, choice), [label.id, choice]);
  const engine = useSignal(choice ?? searchEngines[0]?.id ?? '');
  const query = useSignal(label.name);
  const open = (way: SearchWay) => {
    searchFor(label.name, way).catch(complain);
    onClose();
  };
  if (!value) return null;
  const { made, ahead } = value;
  return (
    <Dialog title={t('more_searches_of', isolate(label.name))} onClose={onClose}>
      {made.length > 0 && (
        <ul class="searches" aria-label={t('searches_made')}>
          <li class="soft small" aria-hidden="true">
            {t('searches_made')}
          </li>
          {made.map(({ kept, judged, ...way }) => (
            <li key={`${way.engine} ${way.query}`}>
              <Way way={way} />
              <span class="soft">{t('search_yield', number(kept), number(judged))}</span>
            </li>
          ))}
        </ul>
      )}
      <ul class="searches" aria-label={t('searches_ahead')}>
        <li class="soft small" aria-hidden="true">
          {t('searches_ahead')}
        </li>
        {ahead.map(way => (
          <li key={`${way.engine} ${way.query}`}>
            <Way way={way} />
            <button
              type="button"
              class="quiet"
              aria-label={t('search_this', isolate(way.query), sourceName(way.engine))}
              onClick={() => open(way)}
            >
              {t('search_now')}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="row own-search"
        onSubmit={event => {
          event.preventDefault();
          const own = query.value.replace(/\s+/g, ' ').trim();
          if (own !== '') open({ engine: engine.value, query: own });
        }}
      >
        <input
          dir="auto"
          maxLength={300}
          aria-label={t('search_query')}
          value={query.value}
          onInput={event => (query.value = event.currentTarget.value)}
        />
        <select
          aria-label={t('start_engine')}
          value={engine.value}
          onChange={event => (engine.value = event.currentTarget.value)}
        >
          {searchEngines.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">{t('search_now')}</button>
      </form>
    </Dialog>
  );
}

function Way({ way: { engine, query } }: { way: SearchWay }) {
  return (
    <span>
      <bdi>{named(query)}</bdi> <span class="soft">{sourceName(engine)}</span>
    </span>
  );
}
