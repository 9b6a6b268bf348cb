// What pages call to export: starts the worker, passes progress and cancelling on, and names the files.
import * as Comlink from 'comlink';
import { projectSettings } from '../../contract/settings';
import { keepingExports } from '../../edges/kept-exports';
import { readSettings } from '../../edges/settings';
import { DATASET_DEFAULTS, type DatasetOptions } from '../../pipeline/export/dataset-options';
import { MODEL_DEFAULTS, type ModelOptions } from '../../pipeline/export/model-options';
import type { DrawnReport } from '../../pipeline/export/shared-page';
import type { ExportProgress, ExportWorker, Written } from './export.worker';
import ExportThread from './export.worker?worker';
import { inWorker } from './one-call';
import type { SharedTitle } from './shared-pieces';

/**
 * A finished export. `parts` holds all files in order; a dataset has more than one only above 60,000 files or 2 GB, a backup
 * above 40,000 images or 1.2 GB.
 */
export interface Exported extends Omit<Written, 'files'> {
  name: string;
  file: File;
  parts: { name: string; file: File }[];
}

/** How long a cancelled export may take to end by itself, in ms: packing a network keeps its thread busy for seconds. */
const PATIENCE = 700;

export type OnExport = (progress: ExportProgress) => void;

/**
 * Live samples as dataset.zip. Rejects with `nothing_to_export`, `export_storage_full`, or the signal's reason; nothing is
 * left on the disk then.
 */
export function exportDataset(
  onProgress: OnExport,
  signal: AbortSignal,
  options: DatasetOptions = DATASET_DEFAULTS,
): Promise<Exported> {
  return run('dataset.zip', (worker, told) => worker.dataset(told, options), onProgress, signal);
}

/**
 * The model in use as model.zip; progress counts bytes. `reportPage` is the report as one HTML file, which only a page can
 * draw. Rejects with `no_model`, `backbone_changed` (its backbone is no longer the installed one), `export_storage_full`, or
 * the signal's reason.
 */
export function exportModel(
  onProgress: OnExport,
  signal: AbortSignal,
  options: ModelOptions = MODEL_DEFAULTS,
  reportPage?: string,
): Promise<Exported> {
  return run('model.zip', (worker, told) => worker.model(told, options, reportPage), onProgress, signal);
}

/**
 * The model in use as one HTML file of this name, which answers by itself. Rejects as `exportModel` does.
 * @param report  drawn by a page; without it the file has none
 */
export async function exportShared(
  onProgress: OnExport,
  signal: AbortSignal,
  name: string,
  title: SharedTitle,
  report?: DrawnReport,
): Promise<Exported> {
  return run(name, (worker, told) => worker.shared(told, title, report), onProgress, signal);
}

/** The whole project as gleaner-backup-<date>.zip, to be restored. Rejects as `exportDataset` does. */
export async function exportBackup(
  onProgress: OnExport,
  signal: AbortSignal,
  withFeatures: boolean,
): Promise<Exported> {
  // Workers have no access to the extension's own storage.
  const settings = projectSettings(await readSettings());
  const name = `gleaner-backup-${new Date().toISOString().slice(0, 10)}.zip`;
  return run(name, (worker, told) => worker.backup(told, withFeatures, settings), onProgress, signal);
}

async function run(
  name: string,
  call: (worker: Comlink.Remote<ExportWorker>, told: OnExport) => Promise<Written>,
  onProgress: OnExport,
  signal: AbortSignal,
): Promise<Exported> {
  const written = await keepingExports(() =>
    inWorker<ExportWorker, Written>(
      ExportThread,
      remote => call(remote, Comlink.proxy(onProgress)),
      signal,
      // It is asked to stop, because it has files to remove. What it leaves when it does not hear, a later export removes.
      worker => {
        void worker.remote.cancel().catch(() => undefined);
        setTimeout(worker.terminate, PATIENCE);
      },
    ),
  );
  return named(name, written);
}

function named(whole: string, { files, ...counts }: Written): Exported {
  const [, name, ending] = /^(.*)(\.\w+)$/s.exec(whole)!;
  const parts = files.map((file, i) => ({
    name: files.length > 1 ? `${name}-${i + 1}-of-${files.length}${ending}` : whole,
    file,
  }));
  const [first] = parts;
  if (!first) throw new Error('an export without a file');
  return { ...first, ...counts, parts };
}
