// The panel from top to bottom: the label and where it stands in the plan, the page, the test of an image; and at its foot, where
// nothing that comes and goes moves them, the ways on.
import './panel.css';
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
import { keepMarks } from './marks';
import { NextStep } from './next-step';
import { PageActions } from './page-actions';
import { PageRun } from './page-run';
import { reading } from './run';
import { Take } from './take';

export function Panel() {
  useEffect(() => {
    const life = new AbortController();
    keepMarks(life.signal);
    return () => life.abort();
  }, []);
  const search = shownSearch.value;
  const label = search?.name ?? (reading.value ? harvest.value?.label : undefined);
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
      <main>
        {reading.value ? <PageRun /> : tab.value !== undefined && <Collect inPanel />}
        <details class="test" open={test.value !== undefined || waiting.value !== undefined}>
          <summary>{t('test_title')}</summary>
          <TestImage inTab />
        </details>
      </main>
      <footer class="panel-foot">
        <div role="alert">{wrong.value !== undefined && <Note kind="bad">{wrong.value}</Note>}</div>
        {reading.value && <PageActions />}
        {reading.value && <Take />}
        <NextStep />
      </footer>
    </>
  );
}
