// The Report screen: how good the newest model is, and which images stand behind each number.
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { dateTime, duration, number, plural, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import { Note } from '../../parts/note';
import { SeededNote } from '../../parts/seeded-note';
import { attempt } from '../notices';
import { backbone, model } from '../state';
import { HistoryCharts } from '../train/history-charts';
import { reportSeen } from '../train/training';
import { Accuracies } from './accuracies';
import { ConfusionMatrix } from './confusion-matrix';
import { Leaderboard } from './leaderboard';
import { Mistakes } from './mistakes';
import { PerClass } from './per-class';
import { Similarity } from './similarity';

export function ReportPanel() {
  const shown = model.value;
  useEffect(reportSeen, []);
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_report')}</h1>
        {shown && (
          <button type="button" onClick={() => save(shown)}>
            {t('save_report')}
          </button>
        )}
      </div>
      {shown ? (
        <ReportOf model={shown} />
      ) : (
        <div class="empty stack">
          <p class="soft">{t('empty_report')}</p>
          <a class="button" href="#train">
            {t('go_train')}
          </a>
        </div>
      )}
    </>
  );
}

function save(shown: Model): Promise<void> {
  const json = JSON.stringify(shown.report, null, 2);
  return attempt(() => saveFile(new Blob([json], { type: 'application/json' }), 'report.json'));
}

function ReportOf({ model: shown }: { model: Model }) {
  const { report } = shown;
  return (
    <>
      {/* The frame speaks of the weights installed now; these figures may come from others. */}
      {backbone.value?.weights !== 'seeded' && <SeededNote backbone={shown.backbone} />}
      {report.testAccuracy === 1 && small(shown) && <Note kind="info">{t('small_test')}</Note>}
      {report.skipped ? <Note kind="warn">{plural('skipped', report.skipped)}</Note> : null}
      <Accuracies model={shown} />
      <ConfusionMatrix key={shown.id} model={shown} />
      <PerClass report={report} />
      {report.history.length > 0 && <HistoryCharts history={report.history} epochs={report.epochs} />}
      {report.head.leaderboard && <Leaderboard rows={report.head.leaderboard} reason={report.head.reason} />}
      <Mistakes model={shown} />
      <Similarity model={shown} />
      <section class="card" aria-label={t('how_trained')}>
        <h2>{t('how_trained')}</h2>
        <dl class="facts">
          <dt>{t('trained_at')}</dt>
          <dd>{dateTime(report.trainedAt)}</dd>
          <dt>{t('backbone')}</dt>
          <dd>
            {t(`family_${shown.backbone.family === 'keras-v1' ? 'keras' : 'torch'}`)} · {shown.backbone.source}
          </dd>
          <dt>{t('head')}</dt>
          <dd>
            {t(`head_${report.head.kind}`)}
            {report.head.choice === 'auto' && ` · ${t('chosen_automatically')}`}
          </dd>
          {report.history.length > 0 && (
            <>
              <dt>{t('best_epoch')}</dt>
              <dd>{t('epoch_of', number(report.bestEpoch), number(report.epochs))}</dd>
            </>
          )}
          <dt>{t('time_taken')}</dt>
          <dd>
            {t(
              'times',
              duration(report.seconds.features),
              duration(report.seconds.head),
              number(report.imagesPerSecond, 1),
              report.backend,
            )}
          </dd>
          <dt>{t('option_seed')}</dt>
          <dd>{report.seed}</dd>
        </dl>
      </section>
    </>
  );
}

/** With so few test images, "all right" says little. */
function small(shown: Model): boolean {
  return shown.verdicts.filter(verdict => verdict.split === 'test').length < 30;
}
