// Backups: what went in comes out in the same order and bytes; what was changed by anybody is refused by name.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { reportRow, sampleRow } from '../../../harness/rows';
import { geometryOf } from '../../../src/backbones';
import { GleanerError } from '../../../src/contract/error';
import type { Harvest } from '../../../src/contract/harvest';
import { ARTICLE_DEFAULTS, type HeadWeights } from '../../../src/contract/head';
import type { Job } from '../../../src/contract/job';
import { type Label, LONGEST_LABEL_NAME } from '../../../src/contract/label';
import type { Model } from '../../../src/contract/report';
import type { Sample } from '../../../src/contract/sample';
import { DEFAULT_SETTINGS, projectSettings } from '../../../src/contract/settings';
import { float16 } from '../../../src/formats/half';
import { sha256 } from '../../../src/formats/sha256';
import { writeZip } from '../../../src/formats/zip/write';
import { backupParts, type OnLeftOut, type PART_LIMITS } from '../../../src/pipeline/backup/backup-entries';
import type { BackupSource } from '../../../src/pipeline/backup/backup-source';
import { type Backup, openBackup } from '../../../src/pipeline/backup/open-backup';
import { openZip } from '../../../src/pipeline/import/open-zip';

const bytesOf = (n: number) => Uint8Array.from({ length: 100 + n }, (_, i) => (i * 7 + n) % 256);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const uuid = (digit: string) => [8, 4, 4, 4, 12].map(length => digit.repeat(length)).join('-');
const [A, B, GONE, HARVEST, MODEL] = ['a', 'b', 'c', 'd', 'e'].map(uuid) as [string, string, string, string, string];

/** As long as a name may be. */
const GRIZZLY = 'Grizzly, "brown" '.padEnd(LONGEST_LABEL_NAME, '🐻');
const LABELS: Label[] = [
  { id: B, name: GRIZZLY, folder: 'grizzly', colour: 1, createdAt: 2 },
  { id: A, name: '__proto__', folder: 'label __proto__', colour: 0, createdAt: 1 },
];

/** Images that were downloaded from a further address of theirs. */
const isSecond = (n: number) => n % 5 === 1;
const secondOf = (n: number) => `https://second.test/${n}.png`;

function sample(n: number): Sample {
  const bytes = bytesOf(n);
  return sampleRow(hashOf(bytes), {
    labelId: n % 2 ? A : B,
    split: n % 5 ? 'train' : 'test',
    type: 'png',
    bytes: bytes.length,
    width: 10,
    height: 20,
    candidate: {
      url: n === 3 ? '' : `https://example.test/${n}.png`,
      ...(isSecond(n) && { alternatives: [secondOf(n)] }),
      title: '=cmd\n"\u{1F43B}"',
    },
    provenance: {
      ...{ engine: 'bing', query: 'bear', pageUrl: '', harvestedAt: n + 0.5 },
      ...(isSecond(n) && { downloadedFrom: secondOf(n) }),
    },
    harvestId: n === 3 ? '' : HARVEST,
    addedAt: 1000 - n,
    // A label may have gone since the user said so.
    ...(n % 4 === 3 && { confirmedLabels: [A, B, GONE] }),
  });
}

const job = ({ labelId, candidate, provenance, harvestId, sha256 }: Sample, n: number): Job => ({
  id: `${labelId}\n${candidate.url}`,
  host: 'example.test',
  labelId,
  harvestId,
  candidate,
  ...(candidate.alternatives && { passed: [{ reason: 'forbidden', detail: '403' }] }),
  provenance,
  attempts: 1,
  notBefore: n + 0.001,
  ...(n % 3 ? { state: 'stored', sha256 } : { state: 'rejected', reason: 'not-found', detail: '404' }),
});

const HARVEST_ROW: Harvest = {
  id: HARVEST,
  labelId: A,
  engine: 'bing',
  query: 'bear',
  pageUrl: '',
  startedAt: 3,
  tiles: 12,
  found: 12,
  added: 12,
  known: 0,
  refused: {},
  undone: false,
};

const numbers = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => Math.sin(i + seed));
/** As features are: nothing below zero. */
const pooled = (length: number, seed: number) => numbers(length, seed).map(Math.abs);
const article: HeadWeights = {
  kind: 'article',
  w1: { rows: 2048, columns: 3, values: numbers(2048 * 3, 1) },
  b1: numbers(3, 2),
  gamma: numbers(3, 3),
  beta: numbers(3, 4),
  mean: numbers(3, 5),
  variance: pooled(3, 6),
  w2: { rows: 3, columns: 2, values: numbers(6, 7) },
  b2: numbers(2, 8),
};
const linear: HeadWeights = {
  kind: 'linear',
  w: { rows: 2048, columns: 2, values: numbers(4096, 9) },
  b: numbers(2, 10),
  l2: 0.1,
  lambda: 0.2,
};

const LITE = 'efficientnet-lite0-0123456789abcdef-crop224';

function model(): Model {
  const labels: [string, string] = ['__proto__', GRIZZLY];
  return {
    id: MODEL,
    createdAt: 5,
    labels: LABELS.map(({ id, name, folder }) => ({ id, name, folder })),
    backbone: { id: 'resnet50', family: 'keras-v1', weights: 'seeded', source: 'seed 1' },
    head: article,
    unseen: linear,
    resemblance: { means: float16(numbers(4096, 11)), least: 0.1 + 0.6 },
    report: reportRow(labels, {
      head: {
        choice: 'auto',
        kind: 'article',
        options: ARTICLE_DEFAULTS,
        reason: { code: 'won', words: ['1'] },
        leaderboard: [
          {
            kind: 'linear',
            lambda: 0.1,
            backbone: LITE,
            folds: 5,
            allFolds: 5,
            loss: 0.2,
            acc: 0.9,
            seconds: 1,
            winner: true,
          },
          // As a version before λ wrote it.
          { kind: 'linear', l2: 1e-3, folds: 5, allFolds: 5, loss: 0.3, acc: 0.8, seconds: 1, winner: false },
        ],
        backbones: [
          {
            winner: 'resnet50',
            other: LITE,
            by: 0.1,
            error: 0.01,
            bytes: { winner: 94e6, other: 13e6 },
            seconds: { winner: 9, other: 1.5 },
          },
        ],
        leftOut: [LITE],
      },
      history: [{ epoch: 1, loss: 0.1, acc: 1 / 3, valLoss: Number.NaN, valAcc: Number.NaN }],
      validAccuracy: Number.NaN,
      testAccuracy: 0.1 + 0.2,
      perClass: labels.map(label => ({ label, precision: Number.NaN, recall: 0.5, f1: 0.1, support: 2 })),
    }),
    verdicts: [{ sha256: hashOf(bytesOf(1)), split: 'test', truth: 1, p: [0.25, 0.75] }],
  };
}

const settings = projectSettings(DEFAULT_SETTINGS);

function source(count: number, change: Partial<BackupSource> = {}): BackupSource {
  const samples = Array.from({ length: count }, (_, n) => sample(n));
  const blobs = new Map(samples.map((one, n) => [one.sha256, new Blob([bytesOf(n)])]));
  return {
    settings,
    labels: LABELS,
    harvests: [],
    models: [model()],
    samples: each([...samples].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))),
    jobs: labelId => each(samples.filter(one => one.labelId === labelId && one.candidate.url !== '').map(job)),
    blobsOf: async sha256s => sha256s.map(sha256 => blobs.get(sha256)),
    features: async sha256s =>
      sha256s.map(sha256 => ({ sha256, backbone: 'resnet50', variant: '', values: pooled(4096, 0) })),
    generator: 'Gleaner test',
    savedAt: new Date(0),
    ...change,
  };
}

async function* each<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

async function written(
  from: BackupSource,
  limits: Partial<typeof PART_LIMITS> = {},
  onLeftOut: OnLeftOut = () => undefined,
  onImage: (saved: boolean) => void = () => undefined,
): Promise<Blob[]> {
  const files: Blob[] = [];
  for await (const entries of backupParts(from, onImage, onLeftOut, limits)) {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const open = async () => ({ write: (bytes: Uint8Array) => void chunks.push(bytes.slice()), close: async () => {} });
    await writeZip(entries, open, new AbortController().signal);
    files.push(new Blob(chunks));
  }
  return files;
}

const opened = async (file: Blob) => openBackup(await openZip(file), 1e6, new AbortController().signal);
const all = async <T>(items: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};
/** Whether it opens with all but its model, and says so. */
const withoutModel = async (file: Blob) => {
  const backup = await opened(file);
  const read = await all(backup.models());
  return read.length === 0 && backup.counts.models === 0 && backup.modelsLeftOut === 1 && backup.counts.samples > 0;
};
const manifestOf = async (file: Blob) =>
  (await JSZip.loadAsync(await file.arrayBuffer())).file('backup.json')?.async('string');

/** A source made of what a backup holds, as a restore into an empty project leaves it. */
async function sourceFrom(backup: Backup): Promise<BackupSource> {
  const images = await all(backup.images());
  const blobs = new Map<string, Blob>();
  for (const image of images) blobs.set(image.row.sha256, new Blob([await image.read()]));
  const jobs = (await all(backup.jobs())).map(row => ({ ...row, id: '', host: '' }));
  const features = await all(backup.features());
  return {
    settings: backup.manifest.settings,
    ...(backup.manifest.chosenModel && { chosenModel: backup.manifest.chosenModel }),
    labels: [...backup.labels].reverse(),
    harvests: await all(backup.harvests()),
    models: await all(backup.models()),
    samples: each(images.map(({ row }) => row)),
    jobs: labelId => each(jobs.filter(row => row.labelId === labelId)),
    blobsOf: async sha256s => sha256s.map(sha256 => blobs.get(sha256)),
    features: async sha256s => features.filter(({ sha256 }) => sha256s.includes(sha256)),
    generator: 'Another version',
    savedAt: new Date(1e12),
  };
}

describe('a backup', () => {
  it('gives back what went in, and the same manifest when it is made again', async () => {
    const [file = new Blob()] = await written(source(12));
    const backup = await opened(file);
    expect(backup.counts).toEqual({ labels: 2, samples: 12, features: 12, harvests: 0, jobs: 11, models: 1 });
    expect(backup.labels).toEqual([...LABELS].reverse());
    const images = await all(backup.images());
    for (const { row, read } of images) expect(hashOf(await read())).toBe(row.sha256);
    expect(images.map(({ row }) => row)).toContainEqual(sample(3));
    expect(await all(backup.models())).toEqual([model()]);
    const [again = new Blob()] = await written(await sourceFrom(backup));
    expect(await manifestOf(again)).toBe(await manifestOf(file));
  });

  it('says which model was chosen to answer, in the part that holds it; earlier ones do not', async () => {
    const chosen = { ...source(12), chosenModel: MODEL };
    const files = await written(chosen, { images: 5, bytes: 1e9 });
    const manifests = await Promise.all(files.map(async file => (await opened(file)).manifest));
    expect(manifests.map(({ chosenModel }) => chosenModel)).toEqual([undefined, undefined, MODEL]);
    const [file = new Blob()] = await written(chosen);
    const [again = new Blob()] = await written(await sourceFrom(await opened(file)));
    expect(await manifestOf(again)).toBe(await manifestOf(file));
    // An id of an earlier version is put in order with that of its model.
    const odd = { ...chosen, models: [{ ...model(), id: 'm 1' }], chosenModel: 'm 1' };
    const [mended = new Blob()] = await written(odd);
    const backup = await opened(mended);
    expect(backup.manifest.chosenModel).toBe((await all(backup.models()))[0]?.id);
    const [earlier = new Blob()] = await written(source(12));
    expect((await opened(earlier)).manifest).not.toHaveProperty('chosenModel');
    const zip = await JSZip.loadAsync(await file.arrayBuffer());
    zip.file('backup.json', (await manifestOf(file))!.replace(MODEL, '../models/1'));
    const forged = opened(await zip.generateAsync({ type: 'blob' }));
    await expect(forged).rejects.toMatchObject({ code: 'backup_field', words: ['chosenModel'] });
  });

  it('keeps features of several networks side by side, and a model of the built-in one with its geometry', async () => {
    const [lite, resnet] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'resnet50-keras-v1-0-squash224'];
    const values = { [lite]: pooled(2560, 1), [resnet]: pooled(4096, 2), 'one-to-come-0-crop96': pooled(200, 3) };
    const features: BackupSource['features'] = async sha256s =>
      sha256s.flatMap(sha256 =>
        Object.entries(values).map(([backbone, of]) => ({ sha256, backbone, variant: '' as const, values: of })),
      );
    const own = model();
    own.backbone = { ...own.backbone, id: lite, family: 'efficientnet-lite0' };
    own.report.backbone.id = lite;
    own.head = { ...linear, w: { rows: 1280, columns: 2, values: numbers(2560, 9) } } as HeadWeights;
    delete own.unseen;
    // As earlier versions wrote theirs.
    delete own.resemblance;
    const [file = new Blob()] = await written(source(3, { features, models: [own] }));
    const backup = await opened(file);
    const read = await all(backup.features());
    expect(read).toHaveLength(9);
    for (const { backbone, values: found } of read) expect(found).toEqual(values[backbone as keyof typeof values]);
    expect(await all(backup.models())).toEqual([own]);
    const [again = new Blob()] = await written(await sourceFrom(backup));
    expect(await manifestOf(again)).toBe(await manifestOf(file));
    // What a network is and how long its features are must fit.
    for (const [path, from, to] of [
      ['features', '"length":1280', '"length":1281'],
      ['features', lite, resnet],
      ['models', '"family":"efficientnet-lite0"', '"family":"keras-v1"'],
    ] as const) {
      const forgery = await forged(file, `${path}/00000.jsonl`, text => text.replace(from, to));
      if (path === 'models') expect(await withoutModel(forgery)).toBe(true);
      else await expect(opened(forgery), `${from} as ${to}`).rejects.toMatchObject({ code: 'backup_field' });
    }
  });

  it('keeps a model that reads two networks, and refuses one that no training makes', async () => {
    const own = model();
    const [lite, resnet] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'resnet50-keras-v1-0-crop224'];
    const info = { weights: 'imagenet', source: 'a file' } as const;
    own.backbone = { ...info, id: lite, family: 'efficientnet-lite0' };
    own.beside = [{ ...info, id: resnet, family: 'keras-v1' }];
    own.report.backbone = { id: lite, weights: 'imagenet' };
    own.report.beside = [{ id: resnet, weights: 'imagenet' }];
    own.report.head.backbones = [
      { winner: `${lite}+${resnet}`, other: lite, by: 0.1, error: 0.01, bytes: { winner: 2, other: 1 } },
    ];
    const length = 1280 + 2048;
    own.head = { ...linear, w: { rows: length, columns: 2, values: numbers(2 * length, 9) } } as HeadWeights;
    own.unseen = { ...linear, w: { rows: length, columns: 2, values: numbers(2 * length, 4) } } as HeadWeights;
    own.resemblance = { means: float16(numbers(2 * length, 11)), least: 0.5 };
    const [file = new Blob()] = await written(source(3, { models: [own] }));
    const backup = await opened(file);
    expect(await all(backup.models())).toEqual([own]);
    const [again = new Blob()] = await written(await sourceFrom(backup));
    expect(await manifestOf(again)).toBe(await manifestOf(file));
    for (const [what, from, to] of [
      [
        'the same weights twice',
        `{"id":"${resnet}","family":"keras-v1"`,
        `{"id":"${lite}","family":"efficientnet-lite0"`,
      ],
      ['nothing beside', '"beside":[{', '"beside":[],"was":[{'],
      ['another square', `{"id":"${resnet}"`, `{"id":"${resnet.replace('crop', 'squash')}"`],
      [
        'a family of another name',
        `{"id":"${resnet}","family":"keras-v1"`,
        `{"id":"${resnet}","family":"efficientnet-lite0"`,
      ],
      ['a name that is none', `${lite}+${resnet}`, `${lite}+`],
      ['an article’s head', `"head":{"kind":"linear","classes":2`, `"head":{"kind":"article","classes":2,"hidden":1`],
      [
        'more than there are',
        '"beside":[',
        `"beside":[${JSON.stringify(own.beside[0]).repeat(3).replaceAll('}{', '},{')},`,
      ],
    ] as const) {
      const forgery = await forged(file, 'models/00000.jsonl', text => {
        expect(text, what).toContain(from);
        return text.replace(from, to);
      });
      expect(await withoutModel(forgery), what).toBe(true);
    }
  });

  it('comes in parts that each open by themselves and together hold everything', async () => {
    const files = await written(source(12, { harvests: [HARVEST_ROW] }), { images: 5, bytes: 1e9 });
    expect(files).toHaveLength(3);
    const backups = await Promise.all(files.map(opened));
    expect(backups.map(({ manifest }) => [manifest.part, manifest.last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(backups.map(({ counts }) => counts.samples)).toEqual([5, 5, 2]);
    expect(backups.map(({ counts }) => counts.jobs)).toEqual([0, 0, 11]);
    // Images of a part that is restored alone belong to lines of the log.
    expect(backups.map(({ counts }) => counts.harvests)).toEqual([1, 1, 1]);
  });

  it('gives whatever an earlier version took from a stranger ids that a reader takes', async () => {
    const odd = (text: string) =>
      text.replaceAll(A, 'a').replaceAll(HARVEST, 'totally-normal').replaceAll(MODEL, 'model');
    const older = <T>(row: T): T => JSON.parse(odd(JSON.stringify(row)));
    const from = source(12, { harvests: [older(HARVEST_ROW)], labels: older(LABELS) });
    const jobs = [...(await all(from.jobs(A))), ...(await all(from.jobs(B)))].map(older);
    const [file = new Blob()] = await written({
      ...from,
      models: from.models.map(one => ({ ...one, id: 'model', labels: older(one.labels) })),
      samples: each((await all(from.samples)).map(older)),
      jobs: labelId => each(jobs.filter(one => one.labelId === labelId)),
    });
    const backup = await opened(file);
    expect(backup.counts).toMatchObject({ labels: 2, samples: 12, harvests: 1, jobs: 11, models: 1 });
  });

  it('of an earlier version opens whole, with what the user said of conflicts, and stays the same once it is made again', async () => {
    const file = new Blob([await readFile(join(import.meta.dirname, '../../fixtures/versions/3/backup.zip'))]);
    const open = async (blob: Blob) => openBackup(await openZip(blob), 25e6, new AbortController().signal);
    const backup = await open(file);
    const images = await all(backup.images());
    expect(images.length).toBeGreaterThan(10);
    for (const { row, read } of images) expect(hashOf(await read())).toBe(row.sha256);
    expect(images.flatMap(({ row }) => row.confirmedLabels?.length ?? [])).toEqual([2, 2]);
    const [word, ...others] = await all(backup.confirmed());
    expect(others).toEqual([]);
    const names = new Map(backup.labels.map(({ id, name }) => [id, name]));
    expect(word?.labelIds.map(id => names.get(id))).toEqual(['rings']);
    // Its features are of a network that sees the whole image, and its model goes with them.
    const features = await all(backup.features());
    const [old, ...noOther] = await all(backup.models());
    expect(noOther).toEqual([]);
    expect(features.length).toBeGreaterThan(5);
    for (const { backbone, values } of features) {
      expect(backbone).toBe(old?.backbone.id);
      expect(values).toHaveLength(2 * 2048);
    }
    expect(geometryOf(old!.backbone.id)).toBe('squash');
    // Of an image that lay in the bin by then.
    expect(word?.sha256).toMatch(/^143852d0/);
    const [again = new Blob()] = await written(await sourceFrom(backup));
    const reopened = await open(again);
    expect((await all(reopened.images())).map(({ row }) => row)).toEqual(images.map(({ row }) => row));
    expect(await all(reopened.confirmed())).toEqual([]);
    const [oncemore = new Blob()] = await written(await sourceFrom(reopened));
    expect(await manifestOf(oncemore)).toBe(await manifestOf(again));
    expect(await manifestOf(again)).not.toBe(await manifestOf(file));
  });

  it('leaves lost images out and lets their addresses be fetched again', async () => {
    const lost = sample(4);
    const whole = source(12);
    const blobsOf = async (sha256s: string[]) =>
      (await whole.blobsOf(sha256s)).map((blob, i) => (sha256s[i] === lost.sha256 ? undefined : blob));
    const backup = await opened((await written({ ...whole, blobsOf }))[0] ?? new Blob());
    expect(backup.counts.samples).toBe(11);
    const mine = (await all(backup.jobs())).find(({ candidate }) => candidate.url === lost.candidate.url);
    expect(mine).toMatchObject({ state: 'queued', attempts: 0 });
    expect(mine).not.toHaveProperty('sha256');
  });

  it('lets images that came when their turn was over be fetched again, but none that was deleted or undone', async () => {
    const [late, deleted, copy, gone] = [sample(4), sample(5), sample(7), sample(8)];
    const whole = source(12);
    const samples = each(
      (await all(whole.samples)).filter(({ sha256 }) => ![late, deleted, gone].some(one => one.sha256 === sha256)),
    );
    const jobs = (labelId: string) =>
      each(
        [job(late, 4), job(deleted, 5), job(copy, 7), job(gone, 8)]
          .map(row => {
            if (row.sha256 === gone.sha256)
              return {
                ...row,
                state: 'rejected' as const,
                reason: 'undone' as const,
                before: { state: 'stored' as const },
              };
            if (row.sha256 !== copy.sha256) return row;
            return {
              ...row,
              state: 'rejected' as const,
              reason: 'duplicate-of' as const,
              detail: A,
              sha256: late.sha256,
            };
          })
          .filter(row => row.labelId === labelId),
      );
    const live = async (sha256s: readonly string[]) => {
      expect(sha256s).not.toContain(sample(1).sha256);
      return new Set(sha256s.filter(sha256 => sha256 !== deleted.sha256));
    };
    const backup = await opened((await written({ ...whole, samples, jobs, live }))[0] ?? new Blob());
    const rows = new Map((await all(backup.jobs())).map(row => [row.candidate.url, row]));
    for (const { candidate } of [late, copy]) {
      expect(rows.get(candidate.url)).toMatchObject({ state: 'queued', attempts: 0 });
      for (const field of ['sha256', 'reason', 'detail']) expect(rows.get(candidate.url)).not.toHaveProperty(field);
    }
    expect(rows.get(deleted.candidate.url)).toMatchObject({ state: 'stored', sha256: deleted.sha256 });
    expect(rows.get(gone.candidate.url)).toMatchObject({ state: 'rejected', reason: 'undone' });
  });

  it('tells an image whose label came after it was begun by its own reason, and its note lists all that is left out', async () => {
    const whole = source(12);
    const rows = (await all(whole.samples)).map((row, n) => (n < 2 ? { ...row, labelId: HARVEST } : row));
    const blobsOf = async (sha256s: string[]) =>
      (await whole.blobsOf(sha256s)).map((blob, i) => (sha256s[i] === rows[5]?.sha256 ? undefined : blob));
    const [ends, tables]: [boolean[], string[]] = [[], []];
    const files = await written(
      { ...whole, samples: each(rows), blobsOf },
      { images: 4, bytes: 1e9 },
      table => tables.push(table),
      saved => ends.push(saved),
    );
    expect([ends.filter(Boolean).length, ends.filter(saved => !saved).length, tables]).toEqual([
      9,
      1,
      ['images', 'images'],
    ]);
    const notes = await Promise.all(
      files.map(async file => (await JSZip.loadAsync(await file.arrayBuffer())).file('README.md')!.async('string')),
    );
    expect(notes.map(note => note.includes('Left out'))).toEqual(files.map((_, n) => n === files.length - 1));
    expect(notes.at(-1)).toContain('- 1 image that could not be read\n- 2 images whose label is not in it');
    const [file = new Blob()] = await written(source(3));
    const note = await (await JSZip.loadAsync(await file.arrayBuffer())).file('README.md')!.async('string');
    expect(note).not.toContain('Left out');
  });
});

/** The backup with one file in it changed, and all hashes made right again, as somebody who means harm would. */
async function forged(file: Blob, path: string, change: (text: string) => string): Promise<Blob> {
  const zip = await JSZip.loadAsync(await file.arrayBuffer());
  const text = change((await zip.file(path)?.async('string')) ?? '');
  zip.file(path, text, { createFolders: false });
  if (path !== 'backup.json') {
    const manifest = JSON.parse((await zip.file('backup.json')?.async('string')) ?? '');
    const piece = manifest.pieces.find((one: { path: string }) => one.path === path);
    piece.sha256 = await sha256(Uint8Array.from(Buffer.from(text)));
    piece.rows = text.split('\n').length - 1;
    zip.file('backup.json', JSON.stringify(manifest));
  }
  return new Blob([Uint8Array.from(await zip.generateAsync({ type: 'uint8array' }))]);
}

describe('a backup from a stranger', () => {
  const SAMPLES = 'samples/00000.jsonl';
  it.each<[string, string, string, (text: string) => string]>([
    ['backup_unknown', 'another format', 'backup.json', text => text.replace('gleaner-backup', 'other')],
    ['backup_newer', 'a newer version', 'backup.json', text => text.replace('"version": 2', '"version": 3')],
    ['backup_field', 'no JSON', 'backup.json', text => text.slice(0, -20)],
    ['backup_field', 'ratios that do not sum to 1', 'backup.json', text => text.replace('0.7', '0.9')],
    [
      'backup_incomplete',
      'a hash that is not the table’s',
      'backup.json',
      text => text.replace(/"[0-9a-f]{64}"/, '"00"'),
    ],
    ['backup_incomplete', 'a table elsewhere', 'backup.json', text => text.replace('labels/00000', 'labels/00009')],
    ['backup_field', 'a path that climbs', 'backup.json', text => text.replace('labels/00000', '../x/00000')],
    ['backup_field', 'an unknown split', SAMPLES, text => text.replace('"train"', '"trains"')],
    [
      'backup_field',
      'an address that runs',
      SAMPLES,
      text => text.replace('https://example.test/1.png', 'javascript:1'),
    ],
    [
      'backup_field',
      'a name in place of a hash',
      SAMPLES,
      text => text.replace(/"sha256":"\w+"/, '"sha256":"../../x"'),
    ],
    ['backup_field', 'a label nobody knows', SAMPLES, text => text.replace(`"labelId":"${A}"`, `"labelId":"${GONE}"`)],
    ['backup_incomplete', 'an image that is not there', SAMPLES, text => text.replace('"bytes":10', '"bytes":90')],
    ['backup_field', 'a row twice', SAMPLES, text => text + text],
    ['backup_field', 'a number that is a text', SAMPLES, text => text.replace('"width":10', '"width":"10"')],
    [
      'backup_field',
      'a harvest without the shape of an id',
      SAMPLES,
      text => text.replaceAll(HARVEST, 'totally-normal'),
    ],
    ['backup_field', 'a found picture without a harvest', SAMPLES, text => text.replaceAll(HARVEST, '')],
    ['backup_field', 'an address without a harvest', 'jobs/00000.jsonl', text => text.replaceAll(HARVEST, '')],
    ['backup_field', 'a label without the shape of an id', 'labels/00000.jsonl', text => text.replace(A, 'a')],
    ['backup_field', 'a line of the log without an id', 'harvests/00000.jsonl', text => text.replace(HARVEST, '')],
    ['backup_field', 'a piece named twice', 'backup.json', text => text.replace('samples/00000', 'labels/00000')],
  ])('is refused as %s for %s', async (code, _name, path, change) => {
    const [file = new Blob()] = await written(source(12, { harvests: [HARVEST_ROW] }));
    await expect(opened(await forged(file, path, change))).rejects.toMatchObject({ code });
  });

  const MODELS = 'models/00000.jsonl';
  it.each<[string, string, (text: string) => string]>([
    ['an id of another shape', MODELS, text => text.replace(MODEL, 'model')],
    ['a head of other classes', MODELS, text => text.replace('"classes":2', '"classes":3')],
    ['a head nobody can hold', MODELS, text => text.replace('"hidden":3', '"hidden":4000000')],
    ['a head without its numbers', MODELS, text => text.replace('"hidden":3', '"hidden":4')],
    ['another kind of head', MODELS, text => text.replace('"kind":"article"', '"kind":"lambda"')],
    [
      'a verdict more than there are numbers',
      MODELS,
      text => text.replace(/"verdicts":\[({.*?})\]/, '"verdicts":[$1,$1]'),
    ],
    ['no JSON', MODELS, text => text.replace('{', '[')],
    ['two models in one table', MODELS, text => text + text],
    [
      'bytes that are others than the manifest says',
      'backup.json',
      text => text.replace(/[0-9a-f]{64}(?!.*[0-9a-f]{64})/s, '0'.repeat(64)),
    ],
  ])('opens without a model of %s', async (_name, path, change) => {
    const [file = new Blob()] = await written(source(12, { harvests: [HARVEST_ROW] }));
    const forgery = await forged(file, path, change);
    expect(await manifestOf(forgery)).not.toBe(await manifestOf(file));
    expect(await withoutModel(forgery)).toBe(true);
  });

  /** The backup of two images, numbers in it changed. */
  async function withNumbers(path: string, change: (numbers: Float32Array) => void): Promise<Blob> {
    const [file = new Blob()] = await written(source(2));
    const zip = await JSZip.loadAsync(await file.arrayBuffer());
    const bytes = Uint8Array.from((await zip.file(path)?.async('uint8array')) ?? []);
    change(new Float32Array(bytes.buffer));
    zip.file(path, bytes, { createFolders: false });
    const manifest = JSON.parse((await zip.file('backup.json')?.async('string')) ?? '');
    const piece = manifest.pieces.find((one: { path: string }) => one.path === path.replace('.f32', '.jsonl'));
    piece.numbers = await sha256(bytes);
    zip.file('backup.json', JSON.stringify(manifest));
    return new Blob([Uint8Array.from(await zip.generateAsync({ type: 'uint8array' }))]);
  }

  it.each<[string, number, number]>([
    // One image with such means is all that a training would see.
    ['means', 0, 1e6],
    ['means below all', 7, -1e6],
    ['mean squares', 2048, 1e9],
    ['mean squares without a root', 4095, -1],
  ])('opens without the features of an image whose %s no network gives', async (_, at, value) => {
    const backup = await opened(await withNumbers('features/00000.f32', numbers => (numbers[at] = value)));
    const read = await all(backup.features());
    expect(read.map(({ sha256 }) => sha256)).toEqual(
      [sample(0), sample(1)]
        .map(({ sha256 }) => sha256)
        .sort()
        .slice(1),
    );
    expect(read[0]?.values).toEqual(pooled(4096, 0));
  });

  it.each<[string, (numbers: Float32Array) => void]>([
    ['weights that make every answer infinite', numbers => numbers.fill(3e38, 0, 99)],
    ['a variance without a root', numbers => (numbers[2048 * 3 + 12] = -1)],
    ['a probability beyond all', numbers => (numbers[numbers.length - 1] = 1e30)],
  ])('opens without a model of %s', async (_, change) => {
    expect(await withoutModel(await withNumbers('models/00000.f32', change))).toBe(true);
  });

  it.each<[string, (text: string) => string]>([
    ['a head held back by less than nothing', text => text.replace('"lambda":0.2', '"lambda":-1000000')],
    ['an accuracy beyond all', text => text.replace(/"testAccuracy":[^,]*/, '"testAccuracy":1e308')],
  ])('opens without a model of %s', async (_, change) => {
    const [file = new Blob()] = await written(source(2));
    expect(await withoutModel(await forged(file, MODELS, change))).toBe(true);
  });

  it('brings its model also when the list of heads that were tried is of another shape', async () => {
    const [file = new Blob()] = await written(source(2));
    const older = (text: string) => text.replace('"folds":5', '"heads":5');
    const forgery = await forged(file, 'models/00000.jsonl', older);
    const [read] = await all((await opened(forgery)).models());
    expect(read?.report.head).toMatchObject({ kind: 'article' });
    expect(read?.report.head.leaderboard).toBeUndefined();
    expect(read?.labels).toHaveLength(2);
  });

  it('brings no date that lies in the future', async () => {
    const now = 50_000;
    let [file = new Blob()] = await written(source(12, { harvests: [HARVEST_ROW] }));
    const late = (text: string) => text.replace(/("(?:\w+At|notBefore)":)[\d.]+/g, '$18000000000000000');
    const tables = ['labels/00000', 'samples/00000', 'harvests/00000', 'jobs/00000', 'jobs/00001', 'models/00000'];
    for (const table of tables) file = await forged(file, `${table}.jsonl`, late);
    const backup = await openBackup(await openZip(file), 1e6, new AbortController().signal, undefined, now);
    const rows = [
      ...backup.labels,
      ...(await all(backup.images())).map(({ row }) => row),
      ...(await all(backup.harvests())),
      ...(await all(backup.jobs())),
      ...(await all(backup.models())),
    ];
    const dates = JSON.stringify(rows).match(/(?<="(?:\w+At|notBefore)":)[\d.]+/g) ?? [];
    expect(dates.length).toBeGreaterThan(50);
    expect(new Set(dates)).toEqual(new Set([`${now}`]));
  });

  it('brings no field of its own and no prototype', async () => {
    const [file = new Blob()] = await written(source(2));
    const change = (text: string) => text.replace('{', '{"__proto__":{"evil":1},"constructor":2,"deletedAt":1,');
    const [first] = await all((await opened(await forged(file, SAMPLES, change))).images());
    expect(Object.keys(first?.row ?? {})).toEqual(Object.keys(first?.row ?? {}).filter(key => key in sample(0)));
    expect(first?.row).not.toHaveProperty('evil');
    expect(Object.getPrototypeOf(first?.row)).toBe(Object.prototype);
  });

  it('is read or refused by name whatever is put in place of any value', async () => {
    const [file = new Blob()] = await written(source(3));
    const junk = fc.constantFrom(
      'null',
      '-1',
      '1e999',
      '"x"',
      '[]',
      '{}',
      '"\\u0000"',
      'true',
      `"${'x'.repeat(3000)}"`,
    );
    const tables = fc
      .constantFrom('labels', 'samples', 'jobs', 'models', 'features')
      .map(name => `${name}/00000.jsonl`);
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), junk, async (path, at, value) => {
        const change = (text: string) => {
          const values = [...text.matchAll(/(?<=":)(?:"(?:[^"\\]|\\.)*"|-?[\d.e+-]+|true|false|null)/g)];
          const hit = values[at % values.length];
          return hit ? text.slice(0, hit.index) + value + text.slice(hit.index + hit[0].length) : text;
        };
        try {
          const backup = await opened(await forged(file, path, change));
          for (const { row } of await all(backup.images())) expect(row.candidate.url).toMatch(/^(?:https:\/\/.*)?$/);
        } catch (error) {
          if (!(error instanceof GleanerError)) throw error;
          expect(error.code).toMatch(/^(?:backup|zip)_/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
