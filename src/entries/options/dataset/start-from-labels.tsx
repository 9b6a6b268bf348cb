// The first thing there is: the names of what is to be told apart. From them Gleaner opens one search after the other.
import './start-from-labels.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isFirefox } from '../../../edges/browser-kind';
import { plural, t } from '../../../edges/i18n';
import { changeSettings } from '../../../edges/settings';
import { searchEngines } from '../../../engines';
import { named, tidyName } from '../../../pipeline/bucket/label-name';
import { namesIn, newPlan, PLAN_LABELS, withSearch } from '../../../pipeline/harvest/plan';
import { attempt, complain } from '../../parts/complain';
import { Icon } from '../../parts/icon';
import { openSearch, plan } from '../../parts/plan/open-search';
import { access, settings } from '../app/state';

export function StartFromLabels() {
  const text = useSignal('');
  const queries = useSignal<ReadonlyMap<string, string>>(new Map());
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    if (plan.value && text.value === '') text.value = plan.value.searches.map(({ name }) => name).join('\n');
  }, [plan.value]);
  const names = namesIn(text.value, tidyName);
  const kept = plan.value?.searches ?? [];
  const engine = settings.value?.searchEngine ?? '';
  const begun = names.map(name => kept.find(search => search.name === name)?.state ?? 'waiting');
  const first = Math.max(0, begun.indexOf('waiting'));
  const next = names[first];
  const search = (event: Event) => {
    event.preventDefault();
    if (names.length < PLAN_LABELS.least) return;
    let wanted = newPlan(names, engine);
    for (const [i, name] of names.entries()) {
      const query = queries.value.get(name)?.trim() || kept.find(one => one.name === name)?.query || name;
      wanted = withSearch(wanted, i, { query, state: begun[i] ?? 'waiting' });
    }
    openSearch(wanted, first).catch(complain);
  };
  return (
    <form class="start card" onSubmit={search}>
      <h2>{t('start_title')}</h2>
      <label class="field">
        <span class="soft">{t('start_names')}</span>
        <textarea
          ref={field}
          rows={4}
          dir="auto"
          placeholder={t('start_example')}
          value={text.value}
          onInput={event => (text.value = event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t('start_engine')}</span>
        <select
          value={engine}
          onChange={event => {
            const { value } = event.currentTarget;
            void attempt(async () => {
              settings.value = await changeSettings({ searchEngine: value });
            });
          }}
        >
          {searchEngines.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {names.length > 0 && (
        <details>
          <summary>{t('start_queries')}</summary>
          <ul class="start-queries">
            {names.map((name, i) => (
              <li key={name}>
                <label class="field">
                  <span class="small led">
                    {begun[i] === 'done' && <Icon name="check" />}
                    <bdi class="one-line">{named(name)}</bdi>
                  </span>
                  <input
                    dir="auto"
                    maxLength={300}
                    value={queries.value.get(name) ?? kept.find(one => one.name === name)?.query ?? name}
                    onInput={event => (queries.value = new Map(queries.value).set(name, event.currentTarget.value))}
                  />
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
      {access.value === false && <p class="soft">{t('start_access')}</p>}
      <div class="row">
        <button type="submit" class="primary" disabled={names.length < PLAN_LABELS.least}>
          {next === undefined ? t('search_images') : t(access.value ? 'start_search' : 'start_allow', named(next))}
        </button>
        <span class="soft small" role="status">
          {names.length === 1 ? t('start_one_more') : names.length > 0 && plural('labels_count', names.length)}
        </span>
      </div>
      <p class="soft small">{t('start_right_click')}</p>
      <p class="soft small">{t(isFirefox() ? 'pin_firefox' : 'pin_chrome')}</p>
    </form>
  );
}
