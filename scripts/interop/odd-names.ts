// A dataset whose classes have names that programs take for something else: numbers, nothing, truths, times and code.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drawPhoto } from '../../harness/pictures/pictures';
import { sampleRow, scatteredHash } from '../../harness/rows';
import type { Label } from '../../src/contract/label';
import { SPLITS, type Split } from '../../src/contract/sample';
import { byCodePoint } from '../../src/pipeline/bucket/class-order';
import { FolderNames } from '../../src/pipeline/bucket/folder-name';
import { datasetEntries } from '../../src/pipeline/export/dataset-entries';
import type { Checks } from './check';
import { type ClassImages, readByClient } from './datasets';
import { LABELS } from './pictures';

const NAMES = [
  ...Array.from({ length: 11 }, (_, n) => String(n)),
  ...['007', '1e3', '-1', '1.0', '2024-01-05', '2024-01-06', 'None', 'NA', 'null', 'nan', 'true', 'False'],
  ...['cat', 'train', 'test', '=x', 'a;=b', 'it\'s "quoted", \\ # 1: {two}', '日本語 🐻', '<b>&amp;'],
];
/** Classes of the small splits: all times in one, all nothing or numbers in the other, so that a guess by split shows. */
const ONLY: Record<Split, (name: string) => boolean> = {
  train: () => true,
  valid: name => name.startsWith('2024'),
  test: name => ['1', '007', 'None'].includes(name),
};

const PER_CLASS = 2;

/** Every reader of dataset.zip on such a dataset, written without a browser. */
export async function checkOddNames(checks: Checks, out: string): Promise<void> {
  for (const [words, splits] of [
    ['in all splits', [...SPLITS]],
    ['without the training images', ['valid', 'test']],
    ['in one split, all of them times', ['valid']],
  ] satisfies [string, Split[]][]) {
    const folder = join(out, `odd-names-${splits.length}`);
    const classes = await writeDataset(folder, splits);
    for (const [client, script] of [
      ['Keras', 'dataset_keras.py'],
      ['torchvision', 'dataset_torchvision.py'],
      ['Hugging Face datasets', 'dataset_hugging_face.py'],
      ['mlcroissant', 'dataset_croissant.py'],
    ] as const) {
      await checks.check(`Classes with odd names ${words} in ${client}`, () =>
        readByClient(script, join(folder, 'dataset'), classes, join(folder, 'scratch')),
      );
    }
  }
}

/** Gives the classes that have images there, in class order. */
async function writeDataset(folder: string, splits: Split[]): Promise<ClassImages[]> {
  const folders = new FolderNames([]);
  const labels = NAMES.map((name): Label => ({ id: name, name, folder: folders.add(name), colour: 0, createdAt: 0 }));
  labels.sort((one, other) => byCodePoint(one.folder, other.folder));
  const images = labels.map((_, n) => drawPhoto(LABELS[n % LABELS.length]!, n, 64, 48));
  const rows = labels.flatMap(({ name }, number) =>
    SPLITS.filter(split => ONLY[split](name)).flatMap((split, at) =>
      Array.from({ length: PER_CLASS }, (_, n) =>
        sampleRow(scatteredHash((number * SPLITS.length + at) * PER_CLASS + n), {
          labelId: name,
          split,
          bytes: images[number]!.bytes.length,
          candidate: { url: `https://images.example/${number}/${n}.jpg` },
        }),
      ),
    ),
  );
  const numbers = new Map(rows.map(({ sha256, labelId }) => [sha256, labels.findIndex(({ id }) => id === labelId)]));
  const source = {
    labels,
    samples: streamOf(rows),
    blobsOf: async (hashes: string[]) =>
      hashes.map(hash => new Blob([Uint8Array.from(images[numbers.get(hash)!]!.bytes)])),
    encode: () => Promise.reject(new Error('a plain JPEG is not encoded anew')),
  };
  rmSync(folder, { recursive: true, force: true });
  for await (const { path, bytes } of datasetEntries(source, () => undefined, { splits })) {
    const target = join(folder, path);
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(target, bytes);
  }
  const count = (name: string, split: Split) => (splits.includes(split) && ONLY[split](name) ? PER_CLASS : 0);
  return labels
    .filter(({ name }) => splits.some(split => ONLY[split](name)))
    .map(({ name, folder: own }) => ({
      name,
      folder: own,
      counts: { train: count(name, 'train'), valid: count(name, 'valid'), test: count(name, 'test') },
    }));
}

async function* streamOf<T>(rows: T[]): AsyncGenerator<T> {
  yield* rows;
}
