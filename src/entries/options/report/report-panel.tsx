// The Report screen: how good the newest model is, and which images stand behind each number.
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { plural, t } from '../../../edges/i18n';
import { Note } from '../../parts/note';
import { SeededNote } from '../../parts/seeded-note';
import { backbone, model } from '../app/state';
import { OpenedImage } from '../image/open-image';
import { HistoryCharts } from '../train/history-charts';
import { reportSeen } from '../train/training';
import { Accuracies } from './accuracies';
import { ConfusionMatrix } from './confusion-matrix';
import { Doubts } from './doubts';
import { HowTrained } from './how-trained';
import { InWords } from './in-words';
import { Leaderboard } from './leaderboard';
import { Mistakes } from './mistakes';
import { PerClass } from './per-class';
import { ReportFiles } from './report-files';
import { Similarity } from './similarity';
import { WhereItLooked } from './where-it-looked';

export function ReportPanel() {
  const shown = model.value;
  useEffect(reportSeen, []);
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_report')}</h1>
        {shown && <ReportFiles model={shown} />}
      </div>
      {shown ? (
        <ReportOf model={shown} />
      ) : (
        <div class="empty stack">
          <p class="soft">{t('empty_report')}</p>
          <a class="button primary" href="#train">
            {t('go_train')}
          </a>
        </div>
      )}
    </>
  );
}

function ReportOf({ model: shown }: { model: Model }) {
  const { report } = shown;
  return (
    <>
      {/* The frame speaks of the weights installed now; these figures may come from others. */}
      {backbone.value?.weights !== 'seeded' && <SeededNote backbone={shown.backbone} />}
      {report.testAccuracy === 1 && small(shown) && <Note kind="info">{t('small_test')}</Note>}
      {report.skipped ? <Note kind="warn">{plural('skipped', report.skipped)}</Note> : null}
      <InWords model={shown} />
      <Accuracies model={shown} />
      <ConfusionMatrix key={shown.id} model={shown} />
      <PerClass report={report} />
      {report.history.length > 0 && <HistoryCharts history={report.history} epochs={report.epochs} />}
      {report.head.leaderboard && <Leaderboard rows={report.head.leaderboard} head={report.head} />}
      <Mistakes model={shown} />
      <Doubts key={`${shown.id} doubts`} model={shown} />
      <WhereItLooked key={shown.id} model={shown} />
      <Similarity model={shown} />
      <HowTrained model={shown} />
      <OpenedImage />
    </>
  );
}

/** With so few test images, "all right" says little. */
function small(shown: Model): boolean {
  return shown.verdicts.filter(verdict => verdict.split === 'test').length < 30;
}
