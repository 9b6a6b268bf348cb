// Opens a backup that may come from anybody: everything is checked before the first row is handed on.
import type { ConfirmedLabels } from '../../contract/conflict';
import { GleanerError } from '../../contract/error';
import type { Harvest } from '../../contract/harvest';
import type { Label } from '../../contract/label';
import type { Model } from '../../contract/report';
import type { Archive } from '../../formats/zip/directory';
import type { ArchiveEntry } from '../../formats/zip/read-entry';
import type { CachedFeatures } from './backup-source';
import { foundBefore, notAfter, trainedBefore } from './dates';
import { MOST_LABELS } from './fields';
import { imagePath, MANIFEST_PATH, type Manifest, type Piece, type TableName } from './format';
import { MOST_MODELS } from './limits';
import { modelFrom, modelRow, numbersOf } from './model-row';
import { readManifest, readNumbers, readRows } from './read-piece';
import {
  areFeatures,
  confirmationOfJob,
  featureNumbers,
  featureRow,
  harvestRow,
  type JobRow,
  jobRow,
  labelRow,
  type SampleRow,
  sampleRow,
} from './rows';
import { refuse, type Shape } from './shape';

export interface RestorableImage {
  row: SampleRow;
  /** Its bytes, not yet compared with the row's hash. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The tables of a backup. Their ids are the file's own, and none of their dates lies in the future. */
export interface BackupTables {
  images(): AsyncGenerator<RestorableImage>;
  features(): AsyncGenerator<CachedFeatures>;
  harvests(): AsyncGenerator<Harvest>;
  jobs(): AsyncGenerator<JobRow>;
  /** What earlier versions wrote beside jobs: labels that images are confirmed against, an image as often as its copies. */
  confirmed(): AsyncGenerator<ConfirmedLabels>;
  /** Without those that cannot be read, and those beyond as many as a project may have. */
  models(): AsyncGenerator<Model>;
}

export interface Backup extends BackupTables {
  manifest: Manifest;
  /** Of the manifest: two equal hashes mean two equal backups. */
  hash: string;
  labels: Label[];
  counts: Record<TableName, number>;
  /** Models that are in the file and stay out, as far as it was checked as a whole; `counts` has them no more. */
  modelsLeftOut: number;
  /** The bytes of an image by its row. */
  read(row: SampleRow): Promise<Uint8Array<ArrayBuffer>>;
}

/** Whether an archive calls itself a backup. */
export function looksLikeBackup(archive: Archive): boolean {
  return archive.byPath.has(MANIFEST_PATH);
}

/**
 * Checks the manifest, the hash of every table, every field of every row, and that all labels and images a row speaks of are
 * there. A model that cannot be read is left out, for the images are worth more. Throws `backup_unknown`, `backup_newer`, `backup_field`, `backup_incomplete`, `zip_bomb`, what the archive's `read` throws,
 * or the signal's reason, also while rows are read later.
 * @param largestImage  bytes
 * @param checked  the hash of a backup that was opened before: the same one is not checked as a whole again
 * @param now  ms since the epoch; no date of a row is later
 */
export async function openBackup(
  archive: Archive,
  largestImage: number,
  signal: AbortSignal,
  checked?: string,
  now = Date.now(),
): Promise<Backup> {
  signal.throwIfAborted();
  const { manifest, hash } = await readManifest(archive);
  const pieces = (table: TableName) => manifest.pieces.filter(piece => piece.table === table);
  async function* rows<T>(table: TableName, shape: Shape<T>): AsyncGenerator<T> {
    for (const piece of pieces(table)) yield* await readRows(archive, piece, shape, signal);
  }
  const image = (row: SampleRow): ArchiveEntry => {
    const entry = archive.byPath.get(imagePath(row.sha256, row.type));
    if (entry?.size !== row.bytes || row.bytes > largestImage)
      throw new GleanerError('backup_incomplete', [row.sha256]);
    return entry;
  };
  const counts = countRows(manifest);
  if (counts.labels > MOST_LABELS) refuse('labels');
  const labels: Label[] = [];
  for await (const label of rows('labels', labelRow)) labels.push(notAfter(now, label, 'createdAt'));
  const backup: Backup = {
    manifest,
    hash,
    labels,
    counts,
    modelsLeftOut: 0,
    async *images() {
      for await (const row of rows('samples', sampleRow)) {
        const entry = image(row);
        yield { row: foundBefore(now, row, 'addedAt'), read: () => archive.read(entry) };
      }
    },
    read: async row => archive.read(image(row)),
    async *features() {
      for (const piece of pieces('features')) {
        const names = await readRows(archive, piece, featureRow, signal);
        const count = names.reduce((sum, name) => sum + featureNumbers(name), 0);
        const numbers = await readNumbers(archive, piece, count, signal);
        if (!numbers.every(Number.isFinite)) refuse(piece.path);
        let at = 0;
        for (const name of names) {
          const { length: _length, ...row } = name;
          const values = numbers.slice(at, at + featureNumbers(name));
          at += values.length;
          // Of an image without features they are computed.
          if (areFeatures(values)) yield { ...row, values };
        }
      }
    },
    async *harvests() {
      for await (const row of rows('harvests', harvestRow)) yield notAfter(now, row, 'startedAt');
    },
    async *jobs() {
      for await (const row of rows('jobs', jobRow)) yield foundBefore(now, row, 'notBefore');
    },
    async *confirmed() {
      for await (const confirmation of rows('jobs', confirmationOfJob)) if (confirmation) yield confirmation;
    },
    async *models() {
      for (const piece of pieces('models').slice(0, MOST_MODELS)) {
        const model = await readModel(archive, piece, signal).catch(unreadable);
        if (model) yield trainedBefore(now, model);
      }
    },
  };
  if (hash !== checked) await checkAll(backup, signal);
  return backup;
}

/** Reads every row once and drops it again, so that nothing is written of a backup whose last row is wrong. */
async function checkAll(backup: Backup, signal: AbortSignal): Promise<void> {
  const labels = new Set(backup.labels.map(({ id }) => id));
  if (labels.size !== backup.labels.length) refuse('labels');
  const known = ({ labelId }: { labelId: string }, at: string) => {
    signal.throwIfAborted();
    return labels.has(labelId) ? undefined : refuse(at);
  };
  let last = '';
  for await (const { row } of backup.images()) {
    known(row, 'samples');
    if (row.sha256 <= last) refuse('samples');
    last = row.sha256;
  }
  for await (const row of backup.harvests()) known(row, 'harvests');
  for await (const row of backup.jobs()) known(row, 'jobs');
  for await (const _features of backup.features()) signal.throwIfAborted();
  const all = backup.counts.models;
  backup.counts.models = 0;
  for await (const _model of backup.models()) backup.counts.models++;
  backup.modelsLeftOut = all - backup.counts.models;
}

async function readModel(archive: Archive, piece: Piece, signal: AbortSignal): Promise<Model> {
  const [row, ...others] = await readRows(archive, piece, modelRow, signal);
  if (!row || others.length > 0) return refuse(piece.path);
  return modelFrom(row, await readNumbers(archive, piece, numbersOf(row), signal));
}

/** Of one model alone: too large, as earlier versions wrote them, altered, or damaged. A bomb is one of the whole file. */
const OF_ONE = ['backup_incomplete', 'backup_field', 'zip_damaged'];
function unreadable(error: unknown): undefined {
  if (!(error instanceof GleanerError) || !OF_ONE.includes(error.code)) throw error;
}

function countRows({ pieces }: Manifest): Record<TableName, number> {
  const counts = { labels: 0, samples: 0, features: 0, harvests: 0, jobs: 0, models: 0 };
  // Of models there is one in each piece, whatever it says.
  for (const { table, rows } of pieces) counts[table] += table === 'models' ? 1 : rows;
  return counts;
}
