// The Report screen: how good the model in use is, and which images stand behind each number.
import { useEffect } from 'preact/hooks';
import type { Model } from '../../../contract/report';
import { plural, t } from '../../../edges/i18n';
import { Note } from '../../parts/note';
import { SeededNote } from '../../parts/seeded-note';
import { backbone, model } from '../app/state';
import { OpenedImage } from '../image/open-image';
import { reportSeen } from '../train/training';
import { ConfusionMatrix } from './confusion-matrix';
import { Details } from './details';
import { Doubts } from './doubts';
import { InWords } from './in-words';
import { Mistakes } from './mistakes';
import { ReportFiles } from './report-files';
import { Trainings } from './trainings';
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
      {report.skipped ? <Note kind="warn">{plural('skipped', report.skipped)}</Note> : null}
      <InWords model={shown} />
      <Trainings model={shown} />
      <ConfusionMatrix key={shown.id} model={shown} />
      <Mistakes model={shown} />
      <Doubts key={`${shown.id} doubts`} model={shown} />
      <WhereItLooked key={shown.id} model={shown} />
      <Details model={shown} />
      <OpenedImage />
    </>
  );
}
