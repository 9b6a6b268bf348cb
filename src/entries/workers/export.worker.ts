// Writes the zips off the page's thread: reads the stores, packs what the export room makes of them, into private files.
import { backboneOf } from '../../backbones';
import { backbonesOf } from '../../backbones/together';
import { GleanerError } from '../../contract/error';
import { splitTotal } from '../../contract/sample';
import type { ProjectSettings } from '../../contract/settings';
import { encodeImage } from '../../edges/encode-image';
import { foldedLayers } from '../../edges/store/backbone-layers';
import { cachedFeatures } from '../../edges/store/features';
import { allHarvests } from '../../edges/store/harvests';
import { jobsOf } from '../../edges/store/jobs';
import { allLabels, labelCounts } from '../../edges/store/labels';
import { allModels, chosenModelId, modelInUse } from '../../edges/store/models';
import { everySample, samplesByHash, storedBlobs } from '../../edges/store/samples';
import { isLive } from '../../edges/store/splits';
import { type BackupWithout, backupParts } from '../../pipeline/backup/backup-entries';
import { datasetEntries } from '../../pipeline/export/dataset-entries';
import type { DatasetOptions } from '../../pipeline/export/dataset-options';
import type { DatasetSummary } from '../../pipeline/export/dataset-summary';
import { type ModelSource, modelEntries } from '../../pipeline/export/model-entries';
import type { ModelOptions } from '../../pipeline/export/model-options';
import { sharedSize } from '../../pipeline/export/model-size';
import { partNote } from '../../pipeline/export/part-note';
import type { DrawnReport } from '../../pipeline/export/shared-page';
import { stoppable } from '../../pipeline/streams/stoppable';
import { licenceFiles, needBackbones } from './licence-files';
import { type SharedTitle, sharedPieces } from './shared-pieces';
import { VERSIONS } from './versions';
import { expose } from './worker-bridge';
import { writeArchives, writeFiles } from './write-archives';

/** Images (of a dataset) or files (of a model) done of how many, and bytes written. */
export interface ExportProgress {
  done: number;
  total: number;
  bytes: number;
}

/** The finished files in order, how many images are in them, how many could not be read, and what else is not in them. */
export interface Written {
  files: File[];
  images: number;
  leftOut: number;
  without?: BackupWithout;
}

/** Awaited once at the end, so that the last progress is told before the answer. */
type Told = (progress: ExportProgress) => void | Promise<void>;

const controller = new AbortController();

const api = {
  dataset: (onProgress: Told, options: DatasetOptions) => exportDataset(onProgress, options, controller.signal),
  model: (onProgress: Told, options: ModelOptions, reportPage: string | undefined) =>
    exportModel(onProgress, options, reportPage, controller.signal),
  shared: (onProgress: Told, title: SharedTitle, report: DrawnReport | undefined) =>
    exportShared(onProgress, title, report, controller.signal),
  backup: (onProgress: Told, withFeatures: boolean, settings: ProjectSettings) =>
    exportBackup(onProgress, withFeatures, settings, controller.signal),
  cancel: () => controller.abort(),
};
export type ExportWorker = typeof api;
expose(api);

async function exportDataset(onProgress: Told, options: DatasetOptions, signal: AbortSignal): Promise<Written> {
  const labels = await allLabels();
  const counted = (await labelCounts()).filter(({ labelId }) => options.labelIds?.includes(labelId) ?? true);
  const total = counted.reduce((sum, counts) => sum + options.splits.reduce((n, split) => n + counts[split], 0), 0);
  let done = 0;
  const source = { labels, samples: stoppable(everySample(), signal), blobsOf: storedBlobs, encode: encodeImage };
  const summary: DatasetSummary = { counts: new Map(), unreadable: 0 };
  const entries = datasetEntries(source, () => done++, options, summary);
  const tell = (bytes: number) => onProgress({ done, total, bytes });
  const files = await writeArchives([entries], tell, signal, part => [partNote(part)]);
  return { files, images: done - summary.unreadable, leftOut: summary.unreadable };
}

async function exportBackup(
  onProgress: Told,
  withFeatures: boolean,
  settings: ProjectSettings,
  signal: AbortSignal,
): Promise<Written> {
  const labels = await allLabels();
  const total = (await labelCounts()).reduce((sum, counts) => sum + splitTotal(counts), 0);
  if (labels.length === 0) throw new GleanerError('nothing_to_export');
  let [done, leftOut] = [0, 0];
  const without: BackupWithout = {};
  const chosen = await chosenModelId();
  const source = {
    settings,
    labels,
    harvests: await allHarvests(),
    models: await allModels(),
    ...(chosen !== undefined && { chosenModel: chosen }),
    samples: stoppable(everySample(), signal),
    jobs: (labelId: string) => stoppable(jobsOf(labelId), signal),
    blobsOf: storedBlobs,
    live: async (sha256s: readonly string[]) =>
      new Set((await samplesByHash(sha256s)).filter(isLive).map(({ sha256 }) => sha256)),
    ...(withFeatures ? { features: cachedFeatures } : {}),
    generator: `Gleaner ${VERSIONS.gleaner}`,
    savedAt: new Date(),
  };
  const onImage = (saved: boolean) => {
    done++;
    if (!saved) leftOut++;
  };
  const onLeftOut = (table: keyof BackupWithout) => {
    without[table] = (without[table] ?? 0) + 1;
    if (table === 'images') done++;
  };
  const parts = backupParts(source, onImage, onLeftOut);
  const files = await writeArchives(parts, bytes => onProgress({ done, total, bytes }), signal);
  return { files, images: done - leftOut - (without.images ?? 0), leftOut, without };
}

async function exportModel(
  onProgress: Told,
  options: ModelOptions,
  reportPage: string | undefined,
  signal: AbortSignal,
): Promise<Written> {
  const model = await modelInUse();
  if (!model) throw new GleanerError('no_model');
  if (!options.headOnly) await needBackbones(model);
  const networks: ModelSource['networks'] = [];
  for (const { id, family } of backbonesOf(model)) {
    networks.push({ backbone: backboneOf(family), layers: options.headOnly ? [] : await foldedLayers(id) });
  }
  const source = {
    model,
    networks,
    versions: VERSIONS,
    licence: await licenceFiles(model),
    reportPage,
  };
  // Files are few and large here, so progress is told in bytes of the whole, near enough for a bar.
  const kernels = networks.flatMap(({ layers }) => layers.map(({ kernel }) => kernel.byteLength));
  const total = options.formats.length * kernels.reduce((sum, bytes) => sum + bytes, 0);
  const tell = (bytes: number) => onProgress({ done: Math.min(bytes, total), total, bytes });
  const files = await writeArchives([modelEntries(source, options)], tell, signal);
  return { files, images: 0, leftOut: 0 };
}

async function exportShared(
  onProgress: Told,
  title: SharedTitle,
  report: DrawnReport | undefined,
  signal: AbortSignal,
): Promise<Written> {
  const model = await modelInUse();
  if (!model) throw new GleanerError('no_model');
  const pieces = await sharedPieces(model, title, report, signal);
  const total = sharedSize(model, report !== undefined);
  const tell = (bytes: number) => onProgress({ done: Math.min(bytes, total), total, bytes });
  const files = await writeFiles(async open => {
    const sink = await open();
    for (const piece of pieces) sink.write(piece);
    await sink.close();
  }, tell);
  return { files, images: 0, leftOut: 0 };
}
