// The report as files: one page that holds everything, and the numbers as JSON.
import { signal } from '@preact/signals';
import { backboneOf } from '../../../backbones';
import type { Model } from '../../../contract/report';
import { number, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import { reportJson } from '../../../pipeline/export/report-json';
import { VERSIONS } from '../../workers/versions';
import { attempt } from '../notices';
import { reportHtml } from './report-html';

/** Kept apart from the screen, so that looking elsewhere does not stop it. */
const writing = signal<{ controller: AbortController; done: number; total: number }>();

export function ReportFiles({ model }: { model: Model }) {
  const running = writing.value;
  return (
    <div class="row">
      {running && (
        <>
          <span class="soft" role="status">
            {t('looked_at_of', number(running.done), number(running.total))}
          </span>
          <button type="button" onClick={() => running.controller.abort()}>
            {t('cancel')}
          </button>
        </>
      )}
      <button type="button" disabled={running !== undefined} onClick={() => saveHtml(model)}>
        {t('save_report_html')}
      </button>
      <button type="button" onClick={() => saveJson(model)}>
        {t('save_report')}
      </button>
    </div>
  );
}

function saveHtml(model: Model): Promise<void> {
  const controller = new AbortController();
  writing.value = { controller, done: 0, total: 0 };
  const told = (done: number, total: number) => {
    writing.value = { controller, done, total };
  };
  return attempt(async () => {
    const html = await reportHtml(model, told, controller.signal);
    await saveFile(new Blob([html], { type: 'text/html' }), 'report.html');
  }).finally(() => {
    writing.value = undefined;
  });
}

function saveJson(model: Model): Promise<void> {
  const json = reportJson(model, backboneOf(model.backbone.family), VERSIONS);
  return attempt(() => saveFile(new Blob([json], { type: 'application/json' }), 'report.json'));
}
