// The report as one page that needs no script: the parts of the Report screen, drawn once.
import { dateTime, nameList, plural, t } from '../../../../edges/i18n';
import { Note } from '../../../parts/note';
import { SeededNote } from '../../../parts/seeded-note';
import { Accuracies } from '../accuracies';
import { Calibrated } from '../calibrated';
import { HowTrained } from '../how-trained';
import { Leaderboard } from '../leaderboard';
import { PerClass } from '../per-class';
import { Words } from '../words';
import { Confusion } from './confusion';
import type { ReportContent } from './content';
import { Curves } from './curves';
import { HeatMaps } from './heat-maps';
import { DocumentImages } from './images';
import { Similarity } from './similarity';

/** @param Frame  what all stands in: the main part of a page of its own, or a part of another */
export function ReportDocument({ Frame, ...content }: ReportContent & { Frame: 'main' | 'div' }) {
  const { model, mistakes } = content;
  const { report } = model;
  return (
    <Frame class="document">
      <header>
        <h1>{reportTitle(report.labels)}</h1>
        <p class="soft">{t('report_of', dateTime(report.trainedAt), plural('images', report.stored))}</p>
      </header>
      <SeededNote backbone={model.backbone} />
      {report.skipped ? <Note kind="warn">{plural('skipped', report.skipped)}</Note> : null}
      <section class="card">
        <Words model={model} images={verdicts => <DocumentImages {...content} verdicts={verdicts} />} />
      </section>
      <Confusion {...content} />
      <Accuracies model={model} />
      <Calibrated model={model} />
      <PerClass report={report} />
      {report.history.length > 0 && <Curves history={report.history} epochs={report.epochs} />}
      {report.head.leaderboard && <Leaderboard rows={report.head.leaderboard} head={report.head} />}
      <section class="card">
        <h2>{t('mistakes')}</h2>
        {mistakes.length === 0 ? (
          <p class="soft">{t('no_mistakes')}</p>
        ) : (
          <>
            <p class="soft small">{t('mistakes_hint')}</p>
            <DocumentImages {...content} verdicts={mistakes} named />
          </>
        )}
      </section>
      <HeatMaps {...content} />
      <Similarity {...content} />
      <HowTrained model={model} />
      <footer class="soft small">{t('report_made_by')}</footer>
    </Frame>
  );
}

export function reportTitle(labels: string[]): string {
  return t('report_title', nameList(labels));
}
