// What is written is never more than what is read: judged by the reader's own limits, at them and beyond.
import { describe, expect, it } from 'vitest';
import { reportRow, sampleRow } from '../../../harness/rows';
import { MAX_ADDRESS_LENGTH, MAX_ALTERNATIVE_LENGTH, MAX_ALTERNATIVES } from '../../../src/contract/candidate';
import type { Label } from '../../../src/contract/label';
import type { Model } from '../../../src/contract/report';
import type { Sample } from '../../../src/contract/sample';
import { DEFAULT_SETTINGS, projectSettings } from '../../../src/contract/settings';
import { sha256 } from '../../../src/formats/sha256';
import type { ArchiveEntry } from '../../../src/formats/zip/read-entry';
import type { ZipEntry } from '../../../src/formats/zip/write';
import { backupParts, type OnLeftOut, type PART_LIMITS } from '../../../src/pipeline/backup/backup-entries';
import type { BackupSource } from '../../../src/pipeline/backup/backup-source';
import { MOST_LABELS } from '../../../src/pipeline/backup/fields';
import { MANIFEST_PATH, type Manifest } from '../../../src/pipeline/backup/format';
import { LIMITS, MOST_MODELS, PieceBounds } from '../../../src/pipeline/backup/limits';
import { type Backup, openBackup } from '../../../src/pipeline/backup/open-backup';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const label = (n: number): Label => ({
  id: uuid(n),
  name: `label ${n}`,
  folder: `label-${n}`,
  colour: 0,
  createdAt: 1,
});
const [BEAR, CAT] = [label(1), label(2)];
const LITE = 'efficientnet-lite0-0123456789abcdef-crop224';
const LENGTH = 1280;
const IMAGE = new TextEncoder().encode('an image');

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function model(n: number, change: Partial<Model> = {}): Model {
  const { labels = [BEAR, CAT] } = change;
  const k = labels.length;
  const names = labels.map(({ name }) => name) as [string, string];
  const scores = { train: 1, valid: 1, test: 1 };
  return {
    id: uuid(n),
    createdAt: n,
    labels: labels.map(({ id, name, folder }) => ({ id, name, folder })),
    backbone: { id: LITE, family: 'efficientnet-lite0', weights: 'imagenet', source: '' },
    head: {
      kind: 'linear',
      w: { rows: LENGTH, columns: k, values: new Float32Array(LENGTH * k) },
      b: new Float32Array(k),
      l2: 0.1,
    },
    report: reportRow(names, {
      counts: Object.fromEntries(names.map(name => [name, scores])),
      confusion: { labels: names, matrix: names.map(() => Array(k).fill(0)) },
      perClass: names.map(name => ({ label: name, precision: 1, recall: 1, f1: 1, support: 1 })),
      trainedAt: 1,
    }),
    verdicts: [],
    ...change,
  };
}

/** Verdicts as a training makes them: probabilities are 32-bit floats. */
function verdicts(count: number, classes: number): Model['verdicts'] {
  const p = Array.from(Float32Array.from({ length: classes }, (_, i) => 1 / (i + 3)));
  return Array.from({ length: count }, (_, n) => ({
    sha256: n.toString(16).padStart(64, '0'),
    split: 'train',
    truth: n % classes,
    p,
  }));
}

/** The files of a backup of one model. */
async function entriesWith(one: Model): Promise<ZipEntry[]> {
  const files: ZipEntry[] = [];
  for await (const part of backupParts(
    source({ models: [one] }),
    () => {},
    () => {},
  ))
    for await (const entry of part) files.push(entry);
  return files;
}

function source(change: Partial<BackupSource>): BackupSource {
  return {
    settings: projectSettings(DEFAULT_SETTINGS),
    labels: [BEAR, CAT],
    harvests: [],
    models: [],
    samples: each([]),
    jobs: () => each([]),
    blobsOf: async sha256s => sha256s.map(() => new Blob([IMAGE])),
    generator: 'Gleaner test',
    savedAt: new Date(0),
    ...change,
  };
}

/** What is left out by table, and of images; and each part as the reader opens it, without a zip between them. */
async function roundTrip(from: BackupSource, most: Partial<typeof PART_LIMITS> = {}) {
  const leftOut: Record<string, number> = {};
  const count: (what: Parameters<OnLeftOut>[0] | 'images') => void = what => {
    leftOut[what] = (leftOut[what] ?? 0) + 1;
  };
  const backups: Backup[] = [];
  for await (const part of backupParts(from, saved => saved || count('images'), count, most)) {
    const files: ZipEntry[] = [];
    for await (const entry of part) files.push(entry);
    backups.push(await open(files));
  }
  return { leftOut, backups };
}

async function open(files: ZipEntry[]): Promise<Backup> {
  const entries = files.map(({ path, bytes: { length } }) => ({ path, size: length, packed: length }) as ArchiveEntry);
  const bytes = new Map(files.map(file => [file.path, file.bytes as Uint8Array<ArrayBuffer>]));
  const byPath = new Map(entries.map(entry => [entry.path, entry]));
  const read = async ({ path }: ArchiveEntry) => bytes.get(path)!;
  return openBackup({ entries, byPath, foreign: [], read, head: read }, 1e6, new AbortController().signal);
}

const all = async <T>(items: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

describe('a model in a backup', () => {
  it('of many images and labels comes back as it was: its probabilities lie beside its row', async () => {
    const labels = Array.from({ length: 100 }, (_, n) => label(n + 1));
    // As JSON, 20 bytes a number, their probabilities alone would be more than a piece may be.
    const count = Math.ceil(LIMITS.piece / 20 / labels.length);
    const large = model(7, { labels, verdicts: verdicts(count, labels.length) });
    const { leftOut, backups } = await roundTrip(source({ labels, models: [large] }));
    expect(leftOut).toEqual({});
    const [read, ...others] = await all(backups[0]!.models());
    expect(others).toEqual([]);
    expect(read?.verdicts.length).toBe(count);
    expect(read?.verdicts[count - 1]).toEqual(large.verdicts[count - 1]);
    expect(read?.head).toEqual(large.head);
  }, 60_000);

  it('that no reader takes is left out, which is told, and the others stay', async () => {
    const labels = Array.from({ length: 2900 }, (_, n) => label(n + 1));
    const diverged = model(4);
    if (diverged.head.kind === 'linear') diverged.head.b[0] = Number.NaN;
    const models = [
      model(1),
      // More pairs of labels than values in a row.
      model(2, { labels }),
      // More numbers beside it than there may be; the verdicts share theirs.
      model(3, { labels: labels.slice(0, 1000), verdicts: verdicts(LIMITS.numbers / 4000, 1000) }),
      diverged,
      // More verdicts than a piece has bytes for.
      model(5, { verdicts: verdicts(LIMITS.piece / 100, 2) }),
      model(6, { verdicts: [{ ...verdicts(1, 2)[0]!, p: [1] }] }),
    ];
    const { leftOut, backups } = await roundTrip(source({ labels, models, chosenModel: uuid(4) }));
    expect(leftOut).toEqual({ models: 5 });
    expect((await all(backups[0]!.models())).map(({ id }) => id)).toEqual([uuid(1)]);
    expect(backups[0]!.manifest).not.toHaveProperty('chosenModel');
    expect(backups[0]!.modelsLeftOut).toBe(0);
  }, 60_000);

  it('is one of so many as a reader takes: the chosen one, then the newest', async () => {
    const models = Array.from({ length: MOST_MODELS + 2 }, (_, n) => model(n + 1));
    // One that is left out for itself takes nobody's place.
    const labels = Array.from({ length: 2900 }, (_, n) => label(n + 1));
    models.push(model(99, { labels }));
    const { leftOut, backups } = await roundTrip(source({ models, chosenModel: uuid(1) }));
    expect(leftOut).toEqual({ models: 3 });
    const ids = (await all(backups[0]!.models())).map(({ id }) => id);
    expect(ids).toHaveLength(MOST_MODELS);
    expect(ids.slice(0, 3)).toEqual([1, MOST_MODELS + 2, MOST_MODELS + 1].map(uuid));
    expect(backups[0]!.manifest.chosenModel).toBe(uuid(1));
  });

  it('too large for a reader, as earlier versions wrote them, keeps nobody from the rest', async () => {
    const files = await entriesWith(model(1));
    for (const [path, most] of [
      ['models/00000.jsonl', LIMITS.piece],
      ['models/00000.f32', LIMITS.numbers],
    ] as const) {
      const backup = await open(
        files.map(file => (file.path === path ? { path, bytes: new Uint8Array(most + 4) } : file)),
      );
      expect(await all(backup.models()), path).toEqual([]);
      expect([backup.counts.models, backup.modelsLeftOut, backup.counts.labels], path).toEqual([0, 1, 2]);
    }
  });

  it('beyond as many as a project may have, as earlier versions wrote them, keeps nobody from the rest', async () => {
    const files = await entriesWith(model(1));
    const at = files.findIndex(({ path }) => path === MANIFEST_PATH);
    const manifest = JSON.parse(new TextDecoder().decode(files[at]!.bytes)) as Manifest;
    const piece = manifest.pieces.find(({ table }) => table === 'models')!;
    const numbers = files.find(({ path }) => path === 'models/00000.f32')!.bytes;
    manifest.version = 1;
    for (let n = 1; n < MOST_MODELS + 3; n++) {
      const path = `models/${String(n).padStart(5, '0')}.jsonl`;
      const text = new TextDecoder().decode(files.find(file => file.path === piece.path)!.bytes);
      const bytes = new TextEncoder().encode(text.replace(uuid(1), uuid(n + 1)));
      files.push({ path, bytes }, { path: path.replace('jsonl', 'f32'), bytes: numbers });
      manifest.pieces.push({ ...piece, path, sha256: await sha256(bytes) });
    }
    files[at]!.bytes = new TextEncoder().encode(JSON.stringify(manifest));
    const backup = await open(files);
    expect(await all(backup.models())).toHaveLength(MOST_MODELS);
    expect([backup.counts.models, backup.modelsLeftOut, backup.counts.labels]).toEqual([MOST_MODELS, 3, 2]);
  });
});

describe('a table of a backup', () => {
  /** Of which some hundred are more than a piece may be. */
  const long = (n: number): Sample => {
    const text = (length: number) => '\u0001'.repeat(length);
    const address = `https://a.test/${n}?`.padEnd(MAX_ADDRESS_LENGTH, '\u0001');
    return sampleRow(n.toString(16).padStart(64, '0'), {
      labelId: BEAR.id,
      bytes: IMAGE.length,
      candidate: {
        url: address,
        alternatives: Array(MAX_ALTERNATIVES).fill('https://a.test/'.padEnd(MAX_ALTERNATIVE_LENGTH, '\u0001')),
        title: text(2000),
        licence: text(2000),
        sourcePage: address,
        thumbnail: address,
      },
      provenance: { engine: text(100), query: text(2000), pageUrl: address, harvestedAt: 1, downloadedFrom: address },
      harvestId: uuid(9),
      confirmedLabels: Array.from({ length: MOST_LABELS }, (_, i) => uuid(i)),
    });
  };

  it('of the longest rows is cut into pieces that a reader takes, and no such row is too long for one', async () => {
    const count = 120;
    const samples = Array.from({ length: count }, (_, n) => long(n));
    const { leftOut, backups } = await roundTrip(source({ samples: each(samples) }));
    expect(leftOut).toEqual({});
    expect(backups[0]!.counts.samples).toBe(count);
    expect(backups[0]!.manifest.pieces.filter(({ table }) => table === 'samples').length).toBeGreaterThan(1);
    expect((await all(backups[0]!.images())).map(({ row }) => row)).toContainEqual(samples[count - 1]);
  }, 60_000);

  it('has as many labels as a reader takes; the others, and their images, are left out and told', async () => {
    const labels = Array.from({ length: MOST_LABELS + 3 }, (_, n) => label(n));
    const sample = (n: number) =>
      sampleRow(n.toString(16).padStart(64, '0'), { labelId: uuid(n), bytes: IMAGE.length, harvestId: uuid(9) });
    const samples = each([sample(1), sample(MOST_LABELS + 1)]);
    const { leftOut, backups } = await roundTrip(source({ labels, samples }));
    expect(leftOut).toEqual({ labels: 3, images: 1 });
    expect([backups[0]!.counts.labels, backups[0]!.counts.samples]).toEqual([MOST_LABELS, 1]);
  }, 60_000);

  it('without the rows that no reader takes opens, and each of them is told', async () => {
    const odd = { ...label(3), name: 'x'.repeat(1000) };
    const harvest = {
      ...{ id: uuid(9), labelId: BEAR.id, engine: 'bing', query: 'bear', pageUrl: '', startedAt: 1 },
      ...{ tiles: 1, found: 1, added: 1, known: 0, refused: {}, undone: false },
    };
    const candidate = { url: 'https://a.test/1.png' };
    const provenance = { engine: 'bing', query: 'bear', pageUrl: '', harvestedAt: 1 };
    const job = {
      ...{ id: '', host: '', labelId: BEAR.id, harvestId: uuid(9), candidate, provenance },
      ...{ state: 'stored' as const, attempts: 1, notBefore: 1 },
    };
    const values = new Float32Array(2 * LENGTH);
    const { leftOut, backups } = await roundTrip(
      source({
        labels: [BEAR, odd],
        harvests: [harvest, { ...harvest, query: 'x'.repeat(3000) }],
        jobs: id => each(id === BEAR.id ? [job, { ...job, candidate: { url: 'ftp://a.test/' } }] : []),
        samples: each([1, 2, 3].map(n => ({ ...long(n), ...(n === 2 && { labelId: odd.id }), confirmedLabels: [] }))),
        features: async ([first = '']) => [
          { sha256: first, backbone: LITE, variant: '', values },
          { sha256: first, backbone: LITE, variant: 'mirror', values: values.map(() => Number.NaN) },
        ],
      }),
      { images: 1 },
    );
    // The harvest is told once, though it stands in every part.
    expect(leftOut).toEqual({ labels: 1, harvests: 1, jobs: 1, images: 1 });
    expect(backups.map(({ counts }) => counts.samples)).toEqual([1, 1]);
    expect(backups.map(({ counts }) => counts.harvests)).toEqual([1, 1]);
    expect(backups.map(({ counts }) => counts.jobs)).toEqual([0, 1]);
    expect(backups.map(({ counts }) => counts.features)).toEqual([1, 1]);
  });

  it('begins another piece where names follow each other in more ways than one may hold', () => {
    const bounds = new PieceBounds('jobs');
    const line = (n: number) =>
      new TextEncoder().encode(`{${Array.from({ length: 90 }, (_, i) => `"${n}-${i}":0`).join(',')}}`);
    const taken = Array.from({ length: 100 }, (_, n) => bounds.takes(line(n), 0));
    expect([taken[0], taken.at(-1)]).toEqual([true, false]);
    expect(new PieceBounds('jobs').takes(line(99), 0)).toBe(true);
  });
});

describe('what belongs to no image', () => {
  it('goes into parts of its own where it is too much for one', async () => {
    const candidate = (n: number) => ({ url: `https://a.test/${n}.png` });
    const provenance = { engine: 'bing', query: 'bear', pageUrl: '', harvestedAt: 1 };
    const jobs = Array.from({ length: 1200 }, (_, n) => ({
      ...{ id: '', host: '', labelId: BEAR.id, harvestId: uuid(9), candidate: candidate(n), provenance },
      ...{ state: 'queued' as const, attempts: 0, notBefore: 1 },
    }));
    const { leftOut, backups } = await roundTrip(
      source({
        jobs: id => each(id === BEAR.id ? jobs : []),
        models: [model(1), model(2)],
        chosenModel: uuid(1),
        samples: each([sampleRow('0'.repeat(64), { labelId: BEAR.id, bytes: IMAGE.length, harvestId: uuid(9) })]),
      }),
      { bytes: 2000 },
    );
    expect(leftOut).toEqual({});
    const of = (table: 'samples' | 'jobs' | 'models') => backups.map(({ counts }) => counts[table]);
    expect(of('samples')).toEqual([1, 0, 0, 0, 0]);
    expect(of('jobs')).toEqual([500, 500, 200, 0, 0]);
    expect(of('models')).toEqual([0, 0, 0, 1, 1]);
    expect(backups.map(({ manifest }) => manifest.last)).toEqual(backups.map((_, i) => i === backups.length - 1));
    const chosen = backups.filter(({ manifest }) => manifest.chosenModel !== undefined);
    expect(await all(chosen[0]!.models())).toMatchObject([{ id: uuid(1) }]);
  });
});
