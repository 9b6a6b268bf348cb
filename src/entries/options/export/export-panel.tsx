// The Export screen: the dataset and the model as zips that need nothing of this app to be read.
import type { ComponentChildren } from 'preact';
import { byteSize, number, percent, plural, t } from '../../../edges/i18n';
import { labels, model, totalImages } from '../state';
import { type ExportKind, exporting, startExport } from './export-job';

export function ExportPanel() {
  const trained = model.value;
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_export')}</h1>
      </div>
      <div class="export-cards">
        <ExportCard kind="dataset" possible={totalImages.value > 0}>
          {totalImages.value > 0
            ? `${plural('images', totalImages.value)} · ${plural('labels_count', labels.value?.length ?? 0)}`
            : t('nothing_to_export')}
        </ExportCard>
        <ExportCard kind="model" possible={trained !== undefined}>
          {trained
            ? `${plural('labels_count', trained.labels.length)} · ${t('accuracy_test')} ${percent(trained.report.testAccuracy)}`
            : t('no_model_to_export')}
        </ExportCard>
      </div>
    </>
  );
}

interface CardProps {
  kind: ExportKind;
  possible: boolean;
  children: ComponentChildren;
}

function ExportCard({ kind, possible, children }: CardProps) {
  const running = exporting.value;
  const mine = running?.kind === kind ? running : undefined;
  return (
    <section class="card" aria-labelledby={`export-${kind}`}>
      <h2 id={`export-${kind}`}>{t(`export_${kind}`)}</h2>
      <p>{children}</p>
      <p class="soft">{t(`export_${kind}_hint`)}</p>
      <ul class="soft small opens">
        {[1, 2, 3].map(n => (
          <li key={n}>{t(`export_${kind}_opens_${n}`)}</li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class={possible ? 'primary' : ''}
          disabled={!possible || running !== undefined}
          onClick={() => void startExport(kind)}
        >
          {t(`save_${kind}_zip`)}
        </button>
        {mine && (
          <button type="button" onClick={() => mine.controller.abort()}>
            {t('cancel')}
          </button>
        )}
      </div>
      <div class="export-progress">
        {mine && (
          <div class="bar">
            <span style={{ width: `${mine.share * 100}%` }} />
          </div>
        )}
        <p class="small soft" role="status">
          {mine ? t('export_progress', number(mine.done), number(mine.total), byteSize(mine.bytes)) : ''}
        </p>
      </div>
    </section>
  );
}
