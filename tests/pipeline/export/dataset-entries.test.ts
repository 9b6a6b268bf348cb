// dataset.zip's files: the tree, the tables and what becomes of awkward images.
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { sampleRow } from '../../../harness/rows';
import type { Label } from '../../../src/contract/label';
import { type Sample, SPLITS, type Split } from '../../../src/contract/sample';
import { neutral } from '../../../src/formats/csv/write';
import { datasetEntries } from '../../../src/pipeline/export/dataset-entries';
import { readCsv } from '../../formats/read-csv';
import { cardNames } from './card-names';

const JPEG = Uint8Array.from(jpeg.encode({ width: 16, height: 16, data: Buffer.alloc(16 * 16 * 4, 90) }, 80).data);
const REENCODED = new Uint8Array([1, 2, 3]);

const label = (id: string, name: string, folder: string): Label => ({ id, name, folder, colour: 0, createdAt: 0 });
const LABELS = [label('b', '=cmd', 'cmd'), label('a', 'Grizzly, "brown"', 'grizzly'), label('c', 'Nobody', 'nobody')];

const sha = (n: number) => n.toString(16).padStart(64, '0').split('').reverse().join('');

function sample(n: number, labelId: string, split: Split, change: Partial<Sample> = {}): Sample {
  return sampleRow(sha(n), {
    labelId,
    split,
    bytes: JPEG.length,
    width: 16,
    height: 16,
    candidate: { url: `https://example.test/${n}.jpg?a=1,2`, title: '=HYPERLINK("x")\nsecond line' },
    provenance: { engine: 'bing', query: 'grizzly bear', pageUrl: 'https://search.test/?q=grizzly', harvestedAt: 0 },
    harvestId: 'h',
    addedAt: n,
    ...change,
  });
}

async function exported(
  samples: Sample[],
  blobs = new Map<string, Blob>(),
  labels = LABELS,
  splits: Split[] = [...SPLITS],
) {
  async function* stream() {
    yield* samples;
  }
  const files = new Map<string, Uint8Array>();
  let seen = 0;
  const source = {
    labels,
    samples: stream(),
    blobsOf: async (sha256s: string[]) =>
      sha256s.map(sha256 => (blobs.has(sha256) ? blobs.get(sha256) : new Blob([JPEG]))),
    encode: async () => ({ bytes: REENCODED, extension: 'png' as const }),
  };
  for await (const entry of datasetEntries(source, () => seen++, { splits })) files.set(entry.path, entry.bytes);
  const read = (path: string) => new TextDecoder().decode(files.get(path));
  return { files, read, seen };
}

/** The numbers of the classes of a table's images. */
const classesIn = (table: string) =>
  table
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).label as number);

describe('datasetEntries', () => {
  it('lays out class folders per split, with tables that carry the labels', async () => {
    const { files, read, seen } = await exported([
      sample(1, 'a', 'train'),
      sample(2, 'a', 'test'),
      sample(3, 'b', 'train', { type: 'webp' }),
    ]);
    expect([...files.keys()]).toEqual([
      `dataset/train/grizzly/${sha(1)}.jpg`,
      `dataset/test/grizzly/${sha(2)}.jpg`,
      `dataset/train/cmd/${sha(3)}.png`,
      'dataset/valid/grizzly/',
      'dataset/valid/cmd/',
      'dataset/test/cmd/',
      'dataset/train/metadata.jsonl',
      'dataset/test/metadata.jsonl',
      'dataset/urls.csv',
      'dataset/labels.json',
      'dataset/README.md',
      'dataset/croissant.json',
    ]);
    expect(seen).toBe(3);
    // A class has no image in the test, which torchvision refuses unless it is told.
    expect(read('dataset/README.md')).toContain('ImageFolder("dataset/train", allow_empty=True)');
    expect(files.get(`dataset/train/cmd/${sha(3)}.png`)).toEqual(REENCODED);
    expect(read('dataset/train/metadata.jsonl')).toBe(
      `{"file_name":"grizzly/${sha(1)}.jpg","label":1}\n{"file_name":"cmd/${sha(3)}.png","label":0}\n`,
    );
    expect(JSON.parse(read('dataset/labels.json'))).toEqual(['=cmd', 'Grizzly, "brown"']);
    const urls = read('dataset/urls.csv').split('\r\n');
    expect(urls).toHaveLength(5);
    expect(urls[1]).toBe(
      `"https://example.test/1.jpg?a=1,2","Grizzly, ""brown""",https://search.test/?q=grizzly,"'=HYPERLINK(""x"") second line",16,16,${sample(1, 'a', 'train').sha256},train,grizzly bear,bing,1970-01-01T00:00:00.000Z,train/grizzly/${sha(1)}.jpg`,
    );
    const described = JSON.parse(read('dataset/croissant.json'));
    // A class is cut out of the path: readers of tables take a column of words for numbers where they look like it.
    const [, folder] = new RegExp(described.recordSet[0].field[1].source.transform.regex).exec(
      readCsv(read('dataset/urls.csv'))[3]!.at(-1)!,
    )!;
    expect(folder).toBe('cmd');
    expect(described.recordSet[1].data[0]).toEqual({ 'labels/folder': 'cmd', 'labels/name': '=cmd' });
    const columns = described.recordSet[0].field.map((field: { name: string }) => field.name);
    expect(columns).toEqual(urls[0]?.split(','));
  });

  it('gives two pictures two names, however much of their hashes is alike', async () => {
    const alike = [`${'a'.repeat(40)}${'0'.repeat(24)}`, `${'a'.repeat(40)}${'1'.repeat(24)}`];
    const { files } = await exported(alike.map((sha256, n) => sample(n, 'a', 'train', { sha256 })));
    expect([...files.keys()].filter(path => path.endsWith('.jpg'))).toHaveLength(2);
  });

  it('keeps one line a picture, with the address as it is but for a sign behind a semicolon, whatever pages and people write', async () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('=HYPERLINK("x")', '@sum', 'a,b', '"', 'line\r\nline', '\n=1', '\u2028', "'", '-5 °C'),
    );
    const row = fc.record({ title: words, query: words, label: words, url: fc.webUrl({ withQueryParameters: true }) });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async rows => {
        const labels = rows.map(({ label: name }, i) => label(String(i), name, `folder-${i}`));
        const samples = rows.map(({ url, title, query }, i) =>
          sample(i, String(i), 'train', {
            candidate: { url, title },
            provenance: { engine: 'bing', query, pageUrl: 'https://search.test/', harvestedAt: 0 },
          }),
        );
        const { read } = await exported(samples, new Map(), labels);
        const text = read('dataset/urls.csv');
        // Line by line, as a reader does that cuts before it parses.
        expect(text.trimEnd().split(/[\r\n]+/)).toHaveLength(1 + rows.length);
        const [header, ...cells] = readCsv(text);
        expect(cells.map(one => one.length)).toEqual(rows.map(() => header!.length));
        expect(cells.map(([url]) => url)).toEqual(rows.map(({ url }) => (/;[=+\-@]/.test(url) ? neutral(url) : url)));
        for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@]/);
        const names = JSON.parse(read('dataset/labels.json')) as string[];
        expect(classesIn(read('dataset/train/metadata.jsonl')).map(number => names[number])).toEqual(
          rows.map(({ label: name }) => name),
        );
      }),
    );
  });

  it('gives Hugging Face numbers, so that it guesses no types of names, and numbers them as the folders lie', async () => {
    // `datasets` takes these words for numbers, for nothing, for a truth and for a time, in one split and not in another.
    const names = ['0', '007', '1', '10', '1e3', '2', '2024-01-05', 'None', 'cat', 'true'];
    const labels = [...names, 'nobody'].map(name => label(name, name, name));
    const { read } = await exported(
      [
        ...names.map((name, i) => sample(i, name, 'train')),
        sample(50, '2024-01-05', 'valid'),
        sample(51, '1', 'test'),
        sample(52, '2', 'test'),
      ],
      new Map(),
      labels,
    );
    expect(classesIn(read('dataset/train/metadata.jsonl'))).toEqual(names.map((_, i) => i));
    expect(classesIn(read('dataset/valid/metadata.jsonl'))).toEqual([6]);
    expect(classesIn(read('dataset/test/metadata.jsonl'))).toEqual([2, 5]);
    expect(cardNames(read('dataset/README.md'))).toEqual(names);
    expect(JSON.parse(read('dataset/labels.json'))).toEqual(names);
  });

  it.each<[Split[], Split]>([
    [['train', 'valid', 'test'], 'train'],
    [['train', 'test'], 'train'],
    [['valid', 'test'], 'valid'],
    [['valid'], 'valid'],
    [['test'], 'test'],
  ])('tells programs to read splits that are there, of %j', async (splits, first) => {
    const { files, read } = await exported(
      SPLITS.map((split, n) => sample(n, 'a', split)),
      new Map(),
      LABELS,
      splits,
    );
    const card = read('dataset/README.md');
    // Keras and torchvision, then Hugging Face.
    expect([...card.matchAll(/"dataset\/(\w+)"/g)].map(([, folder]) => folder)).toEqual([first, first]);
    expect([...card.matchAll(/^ +path: (.*)$/gm)].map(([, path]) => path)).toEqual(splits.map(split => `${split}/**`));
    for (const split of splits) expect(files.has(`dataset/${split}/metadata.jsonl`)).toBe(true);
  });

  it('tells programs to read no split that has no image', async () => {
    const { files, read } = await exported([sample(1, 'a', 'test')]);
    expect(read('dataset/README.md')).toContain('ImageFolder("dataset/test")');
    expect(read('dataset/README.md')).not.toMatch(/dataset\/(?:train|valid)|path: (?:train|valid)/);
    expect(files.has('dataset/train/metadata.jsonl')).toBe(false);
  });

  it('leaves out damaged images and says how many', async () => {
    const lost = sample(2, 'a', 'train');
    const { files, read } = await exported(
      [sample(1, 'a', 'train'), lost],
      new Map([[lost.sha256, new Blob([JPEG.subarray(0, 100)])]]),
    );
    expect([...files.keys()].filter(path => path.endsWith('.jpg'))).toHaveLength(1);
    expect(read('dataset/README.md')).toContain('1 image of the collection could not be read');
    expect(read('dataset/README.md')).toContain('ImageFolder("dataset/train")');
    expect(read('dataset/urls.csv')).not.toContain(lost.sha256);
  });

  it('refuses an empty collection by name', async () => {
    await expect(exported([])).rejects.toMatchObject({ code: 'nothing_to_export' });
  });
});
