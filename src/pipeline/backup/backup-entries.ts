// The files of a backup: every image as it was downloaded, and everything known about them, in an order that never varies.
import type { Sample } from '../../contract/sample';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { readAhead } from '../streams/read-ahead';
import { withBlobs } from '../streams/with-blobs';
import { backupReadme } from './backup-readme';
import { backupRest, type Rest } from './backup-rest';
import type { BackupSource, CachedFeatures } from './backup-source';
import { MOST_LABELS } from './fields';
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
import { areFeatures, type FeatureRow, featureNumbers, featureRow, harvestRow, labelRow, sampleRow } from './rows';
import { fits } from './shape';
import { type Rows, Tables } from './tables';

/** Well below what one zip may hold: bytes with room for one more model, and pieces with theirs in the manifest. */
export const PART_LIMITS = { images: 40_000, pieces: 8_000, bytes: 1_200_000_000 };

const AHEAD = 8;

/** What a backup is made without, because no reader would take it: rows of each table; of images also where their label is not in it. */
export type BackupWithout = Partial<Record<'labels' | 'images' | 'harvests' | 'jobs' | 'models', number>>;
export type OnLeftOut = (table: keyof BackupWithout) => void;

/**
 * The parts of a backup, one after the other: each is a whole backup of some of the images, the last ones also of what
 * belongs to none. An image whose bytes the browser lost, or that came when its turn was over, is left out, and its address is
 * written as still to download. So is a row that no reader would take, such as an address from before a rule was made, or a model that is too large; and of
 * more models than a reader takes, the oldest that was not chosen.
 * @param onImage  called once for each image; with false when it could not be read, but not for those of `onLeftOut`
 * @param onLeftOut  called once for each other row that was left out
 */
export async function* backupParts(
  given: BackupSource,
  onImage: (saved: boolean) => void,
  onLeftOut: OnLeftOut,
  most: Partial<typeof PART_LIMITS> = {},
): AsyncGenerator<AsyncGenerator<ZipEntry>> {
  const limits = { ...PART_LIMITS, ...most };
  const without: BackupWithout & { unreadable: number } = { unreadable: 0 };
  const leaveOut: OnLeftOut = table => {
    without[table] = (without[table] ?? 0) + 1;
    onLeftOut(table);
  };
  const source = await withSoundIds(given);
  const all = source.labels.filter(label => fits(label, labelRow)).sort(byId);
  // Whatever names a label that is not there would have the whole backup refused.
  const labels = all.slice(0, MOST_LABELS);
  for (let n = labels.length; n < source.labels.length; n++) leaveOut('labels');
  const known = new Set(labels.map(({ id }) => id));
  const lost = new Set<string>();
  const inIt = new Set<string>();
  const read = async ({ sample, blob }: { sample: Sample; blob: Blob | undefined }) => ({
    sample,
    bytes: await bytesOf(sample, blob),
  });
  const images = readAhead(withBlobs(source.samples, source.blobsOf), AHEAD, read);
  let next = await images.next();
  const written = { models: 0 };
  const rest = backupRest(source, labels, { lost, inIt }, written, leaveOut);
  let following: IteratorResult<Rest, void> | undefined;
  // Harvests stand in every part: what is left out of them is told once.
  const harvests = source.harvests.filter(({ labelId }) => known.has(labelId)).sort(byId);
  const fitting = harvests.filter(row => fits(row, harvestRow));
  for (let n = fitting.length; n < harvests.length; n++) leaveOut('harvests');

  async function* onePart(part: number): AsyncGenerator<ZipEntry> {
    const tables = new Tables(table => (table === 'jobs' || table === 'models') && leaveOut(table));
    yield* tables.write({ table: 'labels', shape: labelRow, rows: labels });
    let rows: Sample[] = [];
    let saved = { images: 0, bytes: 0 };
    const full = (more = 0) =>
      tables.pieces.length >= limits.pieces || saved.bytes + tables.bytes + more > limits.bytes;
    async function* flush() {
      if (rows.length === 0) return;
      const batch = rows;
      rows = [];
      yield* tables.write({ table: 'samples', shape: sampleRow, rows: batch });
      const features = await source.features?.(batch.map(({ sha256 }) => sha256));
      if (features) yield* tables.write(featureRows(features));
    }
    for (; !next.done; next = await images.next()) {
      const { sample, bytes } = next.value;
      const taken = known.has(sample.labelId) && fits(sample, sampleRow);
      if (!taken || !bytes) {
        lost.add(sample.sha256);
        if (taken) {
          without.unreadable++;
          onImage(false);
        } else leaveOut('images');
        continue;
      }
      if (saved.images > 0 && (saved.images >= limits.images || full(bytes.length))) break;
      yield { path: imagePath(sample.sha256, sample.type), bytes };
      saved = { images: saved.images + 1, bytes: saved.bytes + bytes.length };
      rows.push(sample);
      inIt.add(sample.sha256);
      onImage(true);
      if (rows.length === PIECE_ROWS) yield* flush();
    }
    yield* flush();
    // With every part, so that a part restored by itself brings the lines its images belong to.
    yield* tables.write({ table: 'harvests', shape: harvestRow, rows: fitting });
    let chosenModel: string | undefined;
    if (next.done) {
      following ??= await rest.next();
      for (let first = saved.images === 0; !following.done; following = await rest.next()) {
        if (full() && !first) break;
        first = false;
        const { model } = following.value;
        const before = tables.pieces.length;
        yield* tables.write(following.value);
        if (model === undefined || tables.pieces.length === before) continue;
        written.models++;
        if (model === source.chosenModel) chosenModel = model;
      }
    }
    const { settings, generator, savedAt } = source;
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      version: BACKUP_VERSION,
      part,
      last: following?.done === true,
      settings,
      ...(chosenModel !== undefined && { chosenModel }),
      pieces: tables.pieces,
    };
    yield textEntry('README.md', backupReadme(manifest, saved.images, without, generator, savedAt));
    // Last, so that a file which was cut short is never taken for a whole one.
    yield textEntry(MANIFEST_PATH, `${JSON.stringify(manifestShape(manifest, ''), null, 1)}\n`);
  }

  try {
    let part = 0;
    do yield onePart(++part);
    while (!following?.done);
  } finally {
    await images.return(undefined);
    await rest.return();
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

/** Features that a reader takes: one number that is none would have the whole backup refused. */
function featureRows(features: CachedFeatures[]): Rows<FeatureRow> {
  const sound = features.flatMap(({ values, ...named }) => {
    const { length } = values;
    const row = length === featureNumbers(named) ? named : { ...named, length: length / 2 };
    return fits(row, featureRow) && areFeatures(values) ? [{ row, values }] : [];
  });
  return {
    table: 'features',
    shape: featureRow,
    rows: sound.map(({ row }) => row),
    numbers: sound.map(({ values }) => values),
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
