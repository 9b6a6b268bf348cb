// The files of a backup: every image as it was downloaded, and everything known about them, in an order that never varies.
import type { Job } from '../../contract/job';
import type { Label } from '../../contract/label';
import type { Sample } from '../../contract/sample';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { chunks } from '../streams/chunks';
import { readAhead } from '../streams/read-ahead';
import { withBlobs } from '../streams/with-blobs';
import { backupReadme } from './backup-readme';
import type { BackupSource, CachedFeatures } from './backup-source';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  imagePath,
  MANIFEST_PATH,
  type Manifest,
  manifestShape,
  PIECE_ROWS,
} from './format';
import { withSoundIds } from './ids';
import { modelParts, modelRow } from './model-row';
import { type FeatureRow, featureNumbers, featureRow, harvestRow, jobRow, labelRow, sampleRow } from './rows';
import { fits, Tables } from './tables';

/** Well below what one zip may hold, with room for the tables. */
export const PART_LIMITS = { images: 40_000, bytes: 1_200_000_000 };

const AHEAD = 8;

/**
 * The parts of a backup, one after the other: each is a whole backup of some of the images, the last one also of what
 * belongs to none. An image whose bytes the browser lost is left out, and its address is written as still to download.
 * So is a row that no reader would take, such as an address from before a rule was made.
 * @param onImage  called once for each image; with false when it was left out
 */
export async function* backupParts(
  given: BackupSource,
  onImage: (saved: boolean) => void,
  limits = PART_LIMITS,
): AsyncGenerator<AsyncGenerator<ZipEntry>> {
  const source = await withSoundIds(given);
  const labels = [...source.labels].sort(byId);
  const known = new Set(labels.map(({ id }) => id));
  const lost = new Set<string>();
  const read = async ({ sample, blob }: { sample: Sample; blob: Blob | undefined }) => ({
    sample,
    bytes: await bytesOf(sample, blob),
  });
  const images = readAhead(withBlobs(source.samples, source.blobsOf), AHEAD, read);
  let next = await images.next();

  async function* onePart(part: number): AsyncGenerator<ZipEntry> {
    const tables = new Tables();
    yield* tables.write('labels', labelRow, labels);
    let rows: Sample[] = [];
    let saved = { images: 0, bytes: 0 };
    async function* flush() {
      if (rows.length === 0) return;
      const batch = rows;
      rows = [];
      yield* tables.write('samples', sampleRow, batch);
      const features = await source.features?.(batch.map(({ sha256 }) => sha256));
      if (!features) return;
      yield* writeFeatures(tables, features);
      saved.bytes += features.reduce((sum, { values }) => sum + values.byteLength, 0);
    }
    for (; !next.done; next = await images.next()) {
      const { sample, bytes } = next.value;
      if (!known.has(sample.labelId)) continue;
      if (!bytes || !fits(sample, sampleRow)) {
        lost.add(sample.sha256);
        onImage(false);
        continue;
      }
      const full = saved.images >= limits.images || saved.bytes + bytes.length > limits.bytes;
      if (full && saved.images > 0) break;
      yield { path: imagePath(sample.sha256, sample.type), bytes };
      saved = { images: saved.images + 1, bytes: saved.bytes + bytes.length };
      rows.push(sample);
      onImage(true);
      if (rows.length === PIECE_ROWS) yield* flush();
    }
    yield* flush();
    // With every part, so that a part restored by itself brings the lines its images belong to.
    const harvests = source.harvests.filter(({ labelId }) => known.has(labelId)).sort(byId);
    yield* tables.write('harvests', harvestRow, harvests);
    if (next.done) yield* writeRest(tables, source, labels, lost);
    const { settings, generator, savedAt } = source;
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      version: BACKUP_VERSION,
      part,
      last: next.done === true,
      settings,
      ...(next.done && source.chosenModel !== undefined && { chosenModel: source.chosenModel }),
      pieces: tables.pieces,
    };
    yield textEntry('README.md', backupReadme(manifest, saved.images, generator, savedAt));
    // Last, so that a file which was cut short is never taken for a whole one.
    yield textEntry(MANIFEST_PATH, `${JSON.stringify(manifestShape(manifest, ''), null, 1)}\n`);
  }

  try {
    let part = 0;
    do yield onePart(++part);
    while (!next.done);
  } finally {
    await images.return(undefined);
  }
}

async function bytesOf(sample: Sample, blob: Blob | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return blob?.size === sample.bytes && !sample.lost ? new Uint8Array(await blob.arrayBuffer()) : undefined;
  } catch {
    // A blob whose file the browser lost: one image, not the whole backup.
    return undefined;
  }
}

async function* writeRest(
  tables: Tables,
  source: BackupSource,
  labels: Label[],
  lost: Set<string>,
): AsyncGenerator<ZipEntry> {
  for (const { id } of labels) {
    for await (const jobs of chunks(source.jobs(id), PIECE_ROWS)) {
      const rows = jobs.map(job => (job.sha256 !== undefined && lost.has(job.sha256) ? waiting(job) : job));
      yield* tables.write('jobs', jobRow, rows);
    }
  }
  for (const model of [...source.models].sort(byId)) {
    const { row, tensors } = modelParts(model);
    if (fits(row, modelRow)) yield* tables.write('models', modelRow, [row], tensors);
  }
}

function waiting({ sha256: _sha256, ...job }: Job): Job {
  return { ...job, state: 'queued', attempts: 0 };
}

async function* writeFeatures(tables: Tables, features: CachedFeatures[]): AsyncGenerator<ZipEntry> {
  for (let at = 0; at < features.length; at += PIECE_ROWS) {
    const batch = features.slice(at, at + PIECE_ROWS);
    const tensors = batch.map(({ values }) => values);
    const rows = batch.map(({ values: { length }, ...row }): FeatureRow => {
      return length === featureNumbers(row) ? row : { ...row, length: length / 2 };
    });
    yield* tables.write('features', featureRow, rows, tensors);
  }
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
