// The export, import or restore that runs on this page, kept apart from its screen so that looking elsewhere does not stop it.
import { computed } from '@preact/signals';
import { GleanerError } from '../../../contract/error';
import type { Model } from '../../../contract/report';
import { byteSize, plural, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import type { DatasetOptions } from '../../../pipeline/export/dataset-options';
import type { ModelOptions } from '../../../pipeline/export/model-options';
import { attempt, wordsFor } from '../../parts/complain';
import {
  type Exported,
  exportBackup,
  exportDataset,
  exportModel,
  exportShared,
  type OnExport,
} from '../../workers/exporter';
import type { SharedTitle } from '../../workers/shared-pieces';
import { model } from '../app/state';
import { type Outcome, type Running, Task, type Tell, type Work } from '../app/task';
import { reportHtml, reportInPage } from '../report/report-html';
import { withoutWords } from './backup-words';

const TRANSFERS = ['share', 'dataset', 'model', 'backup', 'import'] as const;
export type TransferKind = (typeof TRANSFERS)[number];

/** What is shown of a transfer besides how far it is. */
interface Transferring {
  bytes: number;
  /** What is being done, where that is not plain from the card. */
  phase?: string | undefined;
  /** What is done is a share of the work, and no count of images. */
  uncounted?: true;
}
export type Transfer = Running<Transferring>;
export type Progress = Parameters<Tell<Transferring>>[0];

/** A stopped transfer says what it brought, or has files to remove, so it is waited for. */
const task = (words: () => string = () => t('export_cancelled')) =>
  new Task<Transferring>({ keeps: true, cancelled: words });
/** How the last transfer of each kind ended is shown on its card until the next. */
export const transfers: Record<TransferKind, Task<Transferring>> = {
  share: task(),
  dataset: task(),
  model: task(),
  backup: task(),
  import: task(() => t('import_cancelled')),
};

/** One at a time: they read and write the same disk. */
export const exporting = computed(() => TRANSFERS.map(kind => transfers[kind].running.value).find(Boolean));

/** 0…1 */
export function shareOf({ done, total }: Transfer): number {
  return total > 0 ? done / total : 0;
}

/**
 * Runs one transfer for a step that can be undone; resolves with the words of its outcome, which cancelling has as well.
 * Rejects with what the work rejects with, or with `transfer_busy`.
 */
export async function transfer(kind: TransferKind, work: Work<Transferring>): Promise<string> {
  if (exporting.value) throw new GleanerError('transfer_busy');
  const outcome = await transfers[kind].runOrReject({ bytes: 0 }, work);
  return outcome?.words ?? '';
}

/** Runs one that cannot be undone; a failure is said. */
export function runTransfer(kind: TransferKind, work: Work<Transferring>): Promise<void> {
  return attempt(async () => {
    if (exporting.value) throw new GleanerError('transfer_busy');
    await transfers[kind].run({ bytes: 0 }, work);
  });
}

export function saveDataset(options: DatasetOptions): Promise<void> {
  return runTransfer('dataset', (tell, signal) => saved(exportDataset(tell, signal, options), t('export_parts')));
}

export function saveModel(options: ModelOptions): Promise<void> {
  return runTransfer('model', async (tell, signal) => {
    const { report, without } = await drawn(reportHtml, tell, signal);
    return saved(exportModel(packing(tell), signal, options, report), '', without);
  });
}

/** @param name  of the file */
export function saveShared(title: string, name: string, withReport: boolean): Promise<void> {
  return runTransfer('share', async (tell, signal) => {
    const { report, without } = withReport ? await drawn(reportInPage, tell, signal) : { without: [] };
    const { lang: language, dir } = document.documentElement;
    const direction = dir === 'rtl' ? 'rtl' : 'ltr';
    const words: SharedTitle = { title, withoutScript: t('shared_without_script'), language, direction };
    return saved(exportShared(packing(tell), signal, name, words, report), '', without);
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

export function saveBackup(withFeatures: boolean): Promise<void> {
  return runTransfer('backup', (tell, signal) => saved(exportBackup(tell, signal, withFeatures), t('backup_parts')));
}

/**
 * Hands the files to the browser; "Saved dataset.zip · 31.2 MB · 240 images". `aboutParts` says what to do with several,
 * `missing` what is not in them.
 */
async function saved(exported: Promise<Exported>, aboutParts = '', missing: string[] = []): Promise<Outcome> {
  const { parts, images, leftOut, without = {} } = await exported;
  const notIn = [...missing, ...withoutWords(without)];
  for (const { name, file } of parts) await saveFile(file, name);
  const bytes = parts.reduce((sum, { file }) => sum + file.size, 0);
  const words = [
    t('exported', parts.map(part => part.name).join(', ')),
    byteSize(bytes),
    ...(images > 0 ? [plural('images', images)] : []),
    ...(leftOut > 0 ? [plural('export_left_out', leftOut)] : []),
    ...(parts.length > 1 ? [aboutParts] : []),
    ...notIn,
  ].join(' · ');
  return { words, kind: leftOut > 0 || notIn.length > 0 ? 'warn' : 'good' };
}
