// The files of dataset.zip: class folders that Keras, torchvision and Hugging Face read as they are, and where each image is from.
import { GleanerError } from '../../contract/error';
import type { Label } from '../../contract/label';
import type { Sample, Split } from '../../contract/sample';
import { CsvTable } from '../../formats/csv/write';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { readAhead } from '../streams/read-ahead';
import { type BlobsOf, withBlobs } from '../streams/with-blobs';
import { croissant } from './croissant';
import { datasetCard } from './dataset-card';
import { DATASET_DEFAULTS, type DatasetOptions } from './dataset-options';
import { countWritten, type DatasetSummary } from './dataset-summary';
import { metadataTable } from './hugging-face';
import { type Encode, type PortableImage, strip } from './portable-image';

/** What the export reads; the caller knows where it is kept. */
export interface DatasetSource {
  /** In class order. */
  labels: Label[];
  /** Live samples, in any order. */
  samples: AsyncIterable<Sample>;
  blobsOf: BlobsOf;
  encode: Encode;
}

/** Images read and, where need be, encoded at the same time: the database answers many questions as fast as one. */
const AHEAD = 8;

const URL_COLUMNS = [
  'url',
  'label',
  'source_page',
  'title',
  'width',
  'height',
  'sha256',
  'split',
  'query',
  'engine',
  'time',
  'file',
];

/**
 * Every file of dataset.zip, one at a time: images first, then the tables that list them. A file is named by its content's
 * SHA-256, never by its address; by all of it, so that no two images can be made to have one name. An image whose stored
 * bytes are damaged is left out and counted. Throws `nothing_to_export` when no image could be written.
 * @param summary  filled while the images are written
 */
export async function* datasetEntries(
  source: DatasetSource,
  onImage: () => void,
  { labelIds, splits, side }: DatasetOptions = DATASET_DEFAULTS,
  summary: DatasetSummary = { counts: new Map(), unreadable: 0 },
): AsyncGenerator<ZipEntry> {
  const wanted = source.labels.filter(({ id }) => labelIds?.includes(id) ?? true);
  const labels = new Map(wanted.map(label => [label.id, label]));
  const paths: Record<Split, string[]> = { train: [], valid: [], test: [] };
  const urls = new CsvTable();
  urls.add(URL_COLUMNS);
  const stored = withBlobs(chosen(source.samples, labels, splits), source.blobsOf);
  const read = async ({ sample, blob }: { sample: Sample; blob: Blob | undefined }) => ({
    sample,
    image: await portable(sample, blob, source.encode, side),
  });
  for await (const { sample, image } of readAhead(stored, AHEAD, read)) {
    const label = labels.get(sample.labelId);
    if (!label) continue;
    onImage();
    if (!image) {
      summary.unreadable++;
      continue;
    }
    const path = `${label.folder}/${sample.sha256}.${image.extension}`;
    paths[sample.split].push(path);
    urls.add(urlCells(sample, label, path));
    countWritten(summary, label.folder, sample.split);
    yield { path: `dataset/${sample.split}/${path}`, bytes: image.bytes };
  }
  if (summary.counts.size === 0) throw new GleanerError('nothing_to_export');
  yield* emptyFolders(summary, splits);
  const used = source.labels.filter(label => summary.counts.has(label.folder));
  for (const split of splits) {
    if (paths[split].length === 0) continue;
    yield { path: `dataset/${split}/metadata.jsonl`, bytes: metadataTable(paths[split], used) };
  }
  const table = urls.bytes();
  yield { path: 'dataset/urls.csv', bytes: table };
  const names = used.map(({ name }) => name);
  yield textEntry('dataset/labels.json', `${JSON.stringify(names, null, 2)}\n`);
  yield textEntry('dataset/README.md', datasetCard(used, summary, side));
  yield textEntry('dataset/croissant.json', await croissant(table, used, summary));
}

async function* chosen(
  samples: AsyncIterable<Sample>,
  labels: ReadonlyMap<string, Label>,
  splits: Split[],
): AsyncGenerator<Sample> {
  for await (const sample of samples) if (labels.has(sample.labelId) && splits.includes(sample.split)) yield sample;
}

async function portable(
  sample: Sample,
  blob: Blob | undefined,
  encode: Encode,
  side?: number,
): Promise<PortableImage | undefined> {
  if (!blob || blob.size !== sample.bytes) return undefined;
  try {
    const scaled = side !== undefined && Math.max(sample.width, sample.height) > side;
    const own = scaled ? undefined : await strip(sample.type, new Uint8Array(await blob.arrayBuffer()));
    return own ?? (await encode(blob, sample.type, side));
  } catch {
    // A blob whose file the browser lost, or an image that no longer decodes: one image, not the whole export.
    return undefined;
  }
}

/** A class without images in a split keeps its folder there: else readers would number the classes differently. */
function* emptyFolders(summary: DatasetSummary, splits: Split[]): Generator<ZipEntry> {
  for (const [folder, counts] of summary.counts) {
    for (const split of splits) {
      if (counts[split] === 0) yield { path: `dataset/${split}/${folder}/`, bytes: new Uint8Array() };
    }
  }
}

/** img2dataset reads this table as it is; its reader takes no line break inside a cell. */
function urlCells(sample: Sample, label: Label, path: string): (string | number | undefined)[] {
  const { candidate, provenance } = sample;
  const cells = [
    provenance.downloadedFrom ?? candidate.url,
    label.name,
    candidate.sourcePage ?? provenance.pageUrl,
    candidate.title,
    sample.width,
    sample.height,
    sample.sha256,
    sample.split,
    provenance.query,
    provenance.engine,
    new Date(provenance.harvestedAt).toISOString(),
    `${sample.split}/${path}`,
  ];
  return cells.map(cell => (typeof cell === 'string' ? cell.replace(/\s+/g, ' ').trim() : cell));
}
