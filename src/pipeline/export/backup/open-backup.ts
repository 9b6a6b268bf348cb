// Reads a backup that may come from anybody: everything is checked before the first row is handed on.
import { GleanerError } from '../../../contract/error';
import type { Harvest } from '../../../contract/harvest';
import type { Label } from '../../../contract/label';
import type { Model } from '../../../contract/report';
import type { Archive, ArchiveEntry } from '../unzip/directory';
import { readEntry } from '../unzip/read-entry';
import type { CachedFeatures } from './backup-entries';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  digest,
  imagePath,
  MANIFEST_PATH,
  type Manifest,
  manifestShape,
  numbersPath,
  type Piece,
  type TableName,
} from './format';
import { modelFrom, modelRow, numbersOf } from './model-row';
import { featureRow, harvestRow, type JobRow, jobRow, labelRow, MOST_LABELS, type SampleRow, sampleRow } from './rows';
import { refuse, type Shape } from './shape';

/** Features of one image: m and q, 2048 numbers each. */
const FEATURE_NUMBERS = 4096;
/** Bytes: of the manifest, of one piece of a table (500 rows), of the numbers of one piece. */
const LIMITS = { manifest: 16_000_000, piece: 64_000_000, numbers: 200_000_000 };

export interface RestorableImage {
  row: SampleRow;
  /** Its bytes, not yet compared with the row's hash. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

export interface Backup {
  manifest: Manifest;
  labels: Label[];
  counts: Record<TableName, number>;
  images(): AsyncGenerator<RestorableImage>;
  features(): AsyncGenerator<CachedFeatures>;
  harvests(): AsyncGenerator<Harvest>;
  jobs(): AsyncGenerator<JobRow>;
  models(): AsyncGenerator<Model>;
}

/** Whether an archive calls itself a backup. */
export function looksLikeBackup(archive: Archive): boolean {
  return archive.byPath.has(MANIFEST_PATH);
}

/**
 * Checks the manifest, the hash of every table, every field of every row, and that all labels and images a row speaks of are
 * there. Throws `backup_unknown`, `backup_newer`, `backup_field`, `backup_incomplete`, or what `readEntry` throws.
 * @param largestImage  bytes
 */
export async function openBackup(archive: Archive, largestImage: number, signal: AbortSignal): Promise<Backup> {
  const manifest = await readManifest(archive);
  const pieces = (table: TableName) => manifest.pieces.filter(piece => piece.table === table);
  async function* rows<T>(table: TableName, shape: Shape<T>): AsyncGenerator<T> {
    for (const piece of pieces(table)) yield* (await readPiece(archive, piece, shape)).rows;
  }
  const image = (row: SampleRow): ArchiveEntry => {
    const entry = archive.byPath.get(imagePath(row.sha256, row.type));
    if (entry?.size !== row.bytes || row.bytes > largestImage)
      throw new GleanerError('backup_incomplete', [row.sha256]);
    return entry;
  };
  async function* features(): AsyncGenerator<CachedFeatures> {
    for (const piece of pieces('features')) {
      const { rows: names, numbers } = await readPiece(archive, piece, featureRow, piece.rows * FEATURE_NUMBERS);
      if (!numbers.every(Number.isFinite)) refuse(piece.path);
      for (const [i, name] of names.entries()) {
        yield { ...name, values: numbers.slice(i * FEATURE_NUMBERS, (i + 1) * FEATURE_NUMBERS) };
      }
    }
  }
  async function* models(): AsyncGenerator<Model> {
    for (const piece of pieces('models')) {
      const { rows: all } = await readPiece(archive, piece, modelRow);
      const [row] = all;
      if (!row || all.length > 1) return refuse(piece.path);
      const { numbers } = await readPiece(archive, piece, modelRow, numbersOf(row));
      yield modelFrom(row, numbers);
    }
  }
  const labels: Label[] = [];
  for await (const label of rows('labels', labelRow)) labels.push(label);
  const backup: Backup = {
    manifest,
    labels,
    counts: countRows(manifest),
    async *images() {
      for await (const row of rows('samples', sampleRow)) {
        const entry = image(row);
        yield { row, read: () => readEntry(archive, entry) };
      }
    },
    features,
    harvests: () => rows('harvests', harvestRow),
    jobs: () => rows('jobs', jobRow),
    models,
  };
  await checkAll(backup, signal);
  return backup;
}

/** Reads every row once and drops it again, so that nothing is written of a backup whose last row is wrong. */
async function checkAll(backup: Backup, signal: AbortSignal): Promise<void> {
  const labels = new Set(backup.labels.map(({ id }) => id));
  if (labels.size !== backup.labels.length || labels.size > MOST_LABELS) refuse('labels');
  const known = ({ labelId }: { labelId: string }, at: string) => (labels.has(labelId) ? undefined : refuse(at));
  let last = '';
  for await (const { row } of backup.images()) {
    signal.throwIfAborted();
    known(row, 'samples');
    if (row.sha256 <= last) refuse('samples');
    last = row.sha256;
  }
  for await (const row of backup.harvests()) known(row, 'harvests');
  for await (const row of backup.jobs()) known(row, 'jobs');
  signal.throwIfAborted();
  for await (const _features of backup.features()) signal.throwIfAborted();
  for await (const _model of backup.models()) signal.throwIfAborted();
}

async function readManifest(archive: Archive): Promise<Manifest> {
  const entry = archive.byPath.get(MANIFEST_PATH);
  if (!entry || entry.size > LIMITS.manifest) throw new GleanerError('backup_unknown');
  const value = parse(await textOf(archive, entry), MANIFEST_PATH);
  const { format, version } = (value ?? {}) as Partial<Manifest>;
  if (format !== BACKUP_FORMAT) throw new GleanerError('backup_unknown');
  if (Number.isInteger(version) && Number(version) > BACKUP_VERSION) throw new GleanerError('backup_newer');
  return manifestShape(value, MANIFEST_PATH);
}

/** @param numberCount  how many 32-bit floats must lie beside the rows; none are read when it is 0 */
async function readPiece<T>(
  archive: Archive,
  piece: Piece,
  shape: Shape<T>,
  numberCount = 0,
): Promise<{ rows: T[]; numbers: Float32Array }> {
  const entry = archive.byPath.get(piece.path);
  if (!entry || entry.size > LIMITS.piece) throw new GleanerError('backup_incomplete', [piece.path]);
  const bytes = await readEntry(archive, entry);
  if ((await digest(bytes)) !== piece.sha256) throw new GleanerError('backup_incomplete', [piece.path]);
  const lines = decode(bytes, piece.path).split('\n');
  if (lines.pop() !== '' || lines.length !== piece.rows) refuse(piece.path);
  const rows = lines.map(line => shape(parse(line, piece.path), piece.path));
  return { rows, numbers: numberCount === 0 ? new Float32Array() : await readNumbers(archive, piece, numberCount) };
}

async function readNumbers(archive: Archive, piece: Piece, count: number): Promise<Float32Array> {
  const entry = archive.byPath.get(numbersPath(piece.path));
  if (entry?.size !== count * 4 || entry.size > LIMITS.numbers) {
    throw new GleanerError('backup_incomplete', [numbersPath(piece.path)]);
  }
  const bytes = await readEntry(archive, entry);
  if ((await digest(bytes)) !== piece.numbers) throw new GleanerError('backup_incomplete', [entry.path]);
  return new Float32Array(bytes.buffer, bytes.byteOffset, count);
}

function countRows({ pieces }: Manifest): Record<TableName, number> {
  const counts = { labels: 0, samples: 0, features: 0, harvests: 0, jobs: 0, models: 0 };
  for (const { table, rows } of pieces) counts[table] += rows;
  return counts;
}

async function textOf(archive: Archive, entry: ArchiveEntry): Promise<string> {
  return decode(await readEntry(archive, entry), entry.path);
}

function decode(bytes: Uint8Array, at: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(at);
  }
}

function parse(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(at);
  }
}
