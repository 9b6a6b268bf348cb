// The panel from top to bottom: the label and where it stands in the plan, the page, the next step, and the test of an image.
import { useEffect } from 'preact/hooks';
import { number, t } from '../../edges/i18n';
import { openApp } from '../../edges/tabs';
import { named } from '../../pipeline/bucket/label-name';
import { Collect } from '../parts/collect/collect-form';
import { harvest, tab } from '../parts/collect/state';
import { complain, wrong } from '../parts/complain';
import { Icon } from '../parts/icon';
import { Note } from '../parts/note';
import { plan } from '../parts/plan/open-search';
import { TestImage } from '../parts/testing/test-image';
import { test, waiting } from '../parts/testing/testing';
import { shownSearch } from './follow-plan';
import { page } from './follow-tab';
import { keepMarks } from './marks';
import { NextStep } from './next-step';
import { PageRun } from './page-run';

export function Panel() {
  useEffect(() => {
    const life = new AbortController();
    keepMarks(life.signal);
    return () => life.abort();
  }, []);
  const reading = page.value !== undefined && page.value.phase !== 'naming';
  const search = shownSearch.value;
  const label = search?.name ?? (reading ? harvest.value?.label : undefined);
  return (
    <>
      <header class="panel-head">
        <h1 class="one-line">{label ? <bdi>{named(label)}</bdi> : t('name')}</h1>
        {search && plan.value && (
          <span class="soft">{t('nth_search', number(plan.value.at + 1), number(plan.value.searches.length))}</span>
        )}
        <button
          type="button"
          class="quiet"
          aria-label={t('open_app')}
          title={t('open_app')}
          onClick={() => openApp('dataset').catch(complain)}
        >
          <Icon name="dataset" size={16} />
        </button>
      </header>
      <main class="stack">
        <div role="alert">{wrong.value !== undefined && <Note kind="bad">{wrong.value}</Note>}</div>
        {reading ? <PageRun /> : tab.value !== undefined && <Collect onBegin={() => undefined} />}
        <NextStep />
        <details class="test" open={test.value !== undefined || waiting.value !== undefined}>
          <summary>{t('test_title')}</summary>
          <TestImage inTab />
        </details>
      </main>
    </>
  );
}
