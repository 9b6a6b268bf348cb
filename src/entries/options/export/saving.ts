// What is exported is made and saved: the dataset, the model in its formats, and the page it is shared as.
import type { Model } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import type { DatasetOptions } from '../../../pipeline/export/dataset-options';
import type { ModelOptions } from '../../../pipeline/export/model-options';
import { wordsFor } from '../../parts/complain';
import { exportDataset, exportModel, exportShared, type OnExport } from '../../workers/exporter';
import type { SharedTitle } from '../../workers/shared-pieces';
import { model } from '../app/state';
import type { Tell } from '../app/task';
import { reportHtml, reportInPage } from '../report/report-html';
import { saved } from '../transfer/saved';
import { runTransfer, type Transferring } from '../transfer/transfer';

export function saveDataset(options: DatasetOptions): Promise<void> {
  return runTransfer('dataset', (tell, signal) => saved(exportDataset(tell, signal, options), t('export_parts')));
}

export function saveModel(options: ModelOptions): Promise<void> {
  return runTransfer('model', async (tell, signal) => {
    const { report, without } = await drawn(reportHtml, tell, signal);
    return saved(exportModel(packing(tell), signal, options, report), '', () => without);
  });
}

/** @param name  of the file */
export function saveShared(title: string, name: string, withReport: boolean): Promise<void> {
  return runTransfer('share', async (tell, signal) => {
    const { report, without } = withReport ? await drawn(reportInPage, tell, signal) : { without: [] };
    const { lang: language, dir } = document.documentElement;
    const direction = dir === 'rtl' ? 'rtl' : 'ltr';
    const words: SharedTitle = { title, withoutScript: t('shared_without_script'), language, direction };
    return saved(exportShared(packing(tell), signal, name, words, report), '', () => without);
  });
}

/** The newest model's report, drawn for a file; one that cannot be drawn keeps nobody from the model, but is told. */
async function drawn<R>(
  draw: (model: Model, onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<R>,
  tell: Tell<Transferring>,
  signal: AbortSignal,
): Promise<{ report?: R; without: string[] }> {
  const trained = model.value;
  if (!trained) return { without: [] };
  const drawing = (done: number, total: number) =>
    tell({ done: (0.2 * done) / total, total: 1, uncounted: true, phase: t('export_drawing') });
  try {
    return { report: await draw(trained, drawing, signal), without: [] };
  } catch (error) {
    signal.throwIfAborted();
    return { without: [t('export_without_report', wordsFor(error))] };
  }
}

/** Files of a model are counted in bytes: "3 of 90 million" says nothing. */
function packing(tell: Tell<Transferring>): OnExport {
  return ({ done, total, bytes }) =>
    tell({ done: 0.2 + (0.8 * done) / total, total: 1, uncounted: true, phase: undefined, bytes });
}
