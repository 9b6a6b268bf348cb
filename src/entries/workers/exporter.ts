// What pages call to export: starts the worker, passes progress and cancelling on, and names the files.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';
import { MODEL_DEFAULTS, type ModelOptions } from '../../pipeline/export/model-options';
import type { ExportAnswer, ExportProgress, ExportWorker } from './export.worker';
import Worker from './export.worker?worker';

/** A finished export. `parts` holds all files in order; there is more than one only above 60,000 images or 2 GB. */
export interface Exported {
  name: string;
  file: File;
  parts: { name: string; file: File }[];
}

/**
 * All live samples as dataset.zip. Rejects with `nothing_to_export`, `export_storage_full`, or the signal's reason;
 * nothing is left on the disk then.
 */
export function exportDataset(onProgress: (progress: ExportProgress) => void, signal: AbortSignal): Promise<Exported> {
  return run('dataset', (worker, told) => worker.dataset(told), onProgress, signal);
}

/**
 * The newest model as model.zip; progress counts bytes. Rejects with `no_model`, `backbone_changed` (its backbone is no
 * longer the installed one), `export_storage_full`, or the signal's reason.
 */
export function exportModel(
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
  options: ModelOptions = MODEL_DEFAULTS,
): Promise<Exported> {
  return run('model', (worker, told) => worker.model(told, options), onProgress, signal);
}

async function run(
  name: string,
  call: (worker: Comlink.Remote<ExportWorker>, told: (progress: ExportProgress) => void) => Promise<ExportAnswer>,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<Exported> {
  signal.throwIfAborted();
  const worker = new Worker();
  const remote = Comlink.wrap<ExportWorker>(worker);
  const cancel = () => void remote.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  // A worker that cannot start answers no message, so its error event must end the wait.
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', event => reject(new Error(event.message)), { once: true });
  });
  try {
    const answer = await Promise.race([call(remote, Comlink.proxy(onProgress)), failed]);
    if ('refused' in answer) throw new GleanerError(answer.refused.code, answer.refused.words);
    return named(name, answer.files);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    worker.terminate();
  }
}

function named(name: string, files: File[]): Exported {
  const parts = files.map((file, i) => ({ name: files.length > 1 ? `${name}-${i + 1}.zip` : `${name}.zip`, file }));
  const [first] = parts;
  if (!first) throw new Error('an export without a file');
  return { ...first, parts };
}
