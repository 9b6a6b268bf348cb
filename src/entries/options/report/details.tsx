// The figures behind the words, folded away until somebody wants them.
import './details.css';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { isCompared } from '../image/compared';
import { HistoryCharts } from '../train/history-charts';
import { Accuracies } from './accuracies';
import { Calibrated } from './calibrated';
import { HowTrained } from './how-trained';
import { Leaderboard } from './leaderboard';
import { PerClass } from './per-class';
import { Similarity } from './similarity';

/** Kept while the page is open. */
const open = signal(false);

export function Details({ model }: { model: Model }) {
  const { report } = model;
  useEffect(() => {
    // Somebody asked to compare images, which is shown in here.
    if (isCompared()) open.value = true;
  }, []);
  return (
    <details class="report-details" open={open.value} onToggle={event => (open.value = event.currentTarget.open)}>
      <summary>{t('details')}</summary>
      {open.value && (
        <div class="stack">
          <Accuracies model={model} />
          <Calibrated model={model} />
          <PerClass report={report} />
          {report.history.length > 0 && <HistoryCharts history={report.history} epochs={report.epochs} />}
          {report.head.leaderboard && <Leaderboard rows={report.head.leaderboard} head={report.head} />}
          <Similarity model={model} />
          <HowTrained model={model} />
        </div>
      )}
    </details>
  );
}
