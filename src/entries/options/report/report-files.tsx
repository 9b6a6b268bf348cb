// The report as files: one page that holds everything, and the numbers as JSON.
import type { Model } from '../../../contract/report';
import { number, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import { reportJson } from '../../../pipeline/export/report-json';
import { attempt } from '../../parts/complain';
import { VERSIONS } from '../../workers/versions';
import { Task } from '../app/task';
import { reportHtml } from './report-html';

/** Counts images that are looked at; apart from the screen, so that looking elsewhere does not end it. */
const writing = new Task();

export function ReportFiles({ model }: { model: Model }) {
  const running = writing.running.value;
  return (
    <div class="row">
      {running && (
        <>
          <span class="soft" role="status">
            {t('looked_at_of', number(running.done), number(running.total))}
          </span>
          <button type="button" onClick={() => writing.cancel()}>
            {t('cancel')}
          </button>
        </>
      )}
      <button type="button" disabled={running !== undefined} onClick={() => void saveHtml(model)}>
        {t('save_report_html')}
      </button>
      <button type="button" onClick={() => saveJson(model)}>
        {t('save_report')}
      </button>
    </div>
  );
}

function saveHtml(model: Model): Promise<void> {
  return writing.run({}, async (tell, signal) => {
    const html = await reportHtml(model, (done, total) => tell({ done, total }), signal);
    await saveFile(new Blob([html], { type: 'text/html' }), 'report.html');
    return undefined;
  });
}

function saveJson(model: Model): Promise<void> {
  const json = reportJson(model, VERSIONS);
  return attempt(() => saveFile(new Blob([json], { type: 'application/json' }), 'report.json'));
}
