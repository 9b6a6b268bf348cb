// The export, import or restore that runs on this page, kept apart from its screen so that looking elsewhere does not stop it.
import { signal } from '@preact/signals';
import { GleanerError } from '../../../contract/error';
import { byteSize, plural, t } from '../../../edges/i18n';
import { saveFile } from '../../../edges/save-file';
import type { DatasetOptions } from '../../../pipeline/export/dataset-options';
import type { ModelOptions } from '../../../pipeline/export/model-options';
import { type Exported, exportBackup, exportDataset, exportModel, type OnExport } from '../../workers/exporter';
import { attempt } from '../app/notices';
import { model } from '../app/state';
import { reportHtml } from '../report/report-html';

const TRANSFERS = ['dataset', 'model', 'backup', 'import'] as const;
export type TransferKind = (typeof TRANSFERS)[number];

export interface Transfer {
  kind: TransferKind;
  controller: AbortController;
  startedAt: number;
  /** What is done is a count of images, unless `bytes` alone counts. */
  done: number;
  total: number;
  bytes: number;
  /** 0…1 */
  share: number;
  /** What is being done, where that is not plain from the card. */
  phase?: string;
}
/** One at a time: they read and write the same disk. */
export const exporting = signal<Transfer>();
/** How a transfer ended: well, with something missing, or early because someone stopped it. */
export interface Outcome {
  words: string;
  kind: 'good' | 'warn' | 'info';
}
/** How the last transfer of each kind ended, shown on its card until the next. */
export const outcomes = signal<Partial<Record<TransferKind, Outcome>>>({});

export type Progress = Partial<Pick<Transfer, 'done' | 'total' | 'bytes' | 'share' | 'phase'>>;

/**
 * Runs one transfer: progress and cancelling on the card of its kind, and what the work resolves with as its outcome there;
 * resolves with its words. Cancelling is an outcome too. Rejects with what the work rejects with, or with `transfer_busy`.
 */
export async function transfer(
  kind: TransferKind,
  work: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Outcome | undefined>,
): Promise<string> {
  if (exporting.value) throw new GleanerError('transfer_busy');
  const controller = new AbortController();
  const begun = { kind, controller, startedAt: Date.now(), done: 0, total: 0, bytes: 0, share: 0 };
  exporting.value = begun;
  outcomes.value = { ...outcomes.value, [kind]: undefined };
  const tell = (progress: Progress) => {
    const { done = 0, total = 0 } = progress;
    const share = total > 0 ? done / total : 0;
    exporting.value = { ...begun, share, ...progress };
  };
  try {
    const outcome = await work(tell, controller.signal);
    outcomes.value = { ...outcomes.value, [kind]: outcome };
    return outcome?.words ?? '';
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    const words = t('export_cancelled');
    outcomes.value = { ...outcomes.value, [kind]: { words, kind: 'info' } };
    return words;
  } finally {
    exporting.value = undefined;
  }
}

/** As `transfer`, for work that cannot be undone; a failure is said. */
export function runTransfer(...[kind, work]: Parameters<typeof transfer>): Promise<void> {
  return attempt(() => transfer(kind, work));
}

export function saveDataset(options: DatasetOptions): Promise<void> {
  return runTransfer('dataset', (tell, signal) => saved(exportDataset(tell, signal, options), t('export_parts')));
}

export function saveModel(options: ModelOptions): Promise<void> {
  return runTransfer('model', async (tell, signal) => {
    const trained = model.value;
    const drawing = (done: number, total: number) => tell({ share: (done / total) * 0.2, phase: t('export_drawing') });
    const page = trained && (await reportHtml(trained, drawing, signal));
    // Files of a model are counted in bytes: "3 of 90 million" says nothing.
    const packing: OnExport = ({ done, total, bytes }) => tell({ share: 0.2 + (0.8 * done) / total, bytes });
    return saved(exportModel(packing, signal, options, page));
  });
}

export function saveBackup(withFeatures: boolean): Promise<void> {
  return runTransfer('backup', (tell, signal) => saved(exportBackup(tell, signal, withFeatures), t('backup_parts')));
}

/** Hands the files to the browser; "Saved dataset.zip · 31.2 MB · 240 images". `aboutParts` says what to do with several. */
async function saved(exported: Promise<Exported>, aboutParts = ''): Promise<Outcome> {
  const { parts, images, leftOut } = await exported;
  for (const { name, file } of parts) await saveFile(file, name);
  const bytes = parts.reduce((sum, { file }) => sum + file.size, 0);
  const words = [
    t('exported', parts.map(part => part.name).join(', ')),
    byteSize(bytes),
    ...(images > 0 ? [plural('images', images)] : []),
    ...(leftOut > 0 ? [plural('export_left_out', leftOut)] : []),
    ...(parts.length > 1 ? [aboutParts] : []),
  ].join(' · ');
  return { words, kind: leftOut > 0 ? 'warn' : 'good' };
}
