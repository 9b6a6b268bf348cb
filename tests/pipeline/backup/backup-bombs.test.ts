// Small files that would become gigabytes or hours: each is refused by name before it costs anything, and cancelling is heard.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { craftZip, type Part } from '../../../scripts/fuzz/craft-zip';
import { ARTICLE_DEFAULTS } from '../../../src/contract/head';
import { DEFAULT_SETTINGS, projectSettings } from '../../../src/contract/settings';
import { sha256 } from '../../../src/formats/sha256';
import type { Archive } from '../../../src/formats/zip/directory';
import { numbersPath, type Piece } from '../../../src/pipeline/backup/format';
import { openBackup } from '../../../src/pipeline/backup/open-backup';
import { openZip } from '../../../src/pipeline/import/open-zip';
import type { Cost } from './open-alone';

const SETTINGS = projectSettings(DEFAULT_SETTINGS);
const LABEL = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const label = { id: LABEL, name: 'Bear', folder: 'bear', colour: 0, createdAt: 1 };
const line = (row: unknown) => `${JSON.stringify(row)}\n`;

type Table = Omit<Piece, 'sha256' | 'numbers'> & {
  text: string | Uint8Array<ArrayBuffer>;
  floats?: Float32Array<ArrayBuffer>;
};
const labels: Table = { table: 'labels', path: 'labels/00000.jsonl', rows: 1, text: line(label) };

const ID = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const scores = { train: 1, valid: 1, test: 1 };
const modelRow = (n: number) => ({
  id: ID(n),
  createdAt: 1,
  labels: [{ id: LABEL, name: 'Bear', folder: 'bear' }],
  backbone: { id: 'b', family: 'keras-v1', weights: 'imagenet', source: '' },
  head: { kind: 'linear', classes: 1, l2: 0 },
  report: {
    labels: ['Bear'],
    counts: { Bear: scores },
    found: 1,
    stored: 1,
    rejected: {},
    backbone: { id: 'b', weights: 'imagenet' },
    backend: 'cpu',
    head: { choice: 'auto', kind: 'linear', options: ARTICLE_DEFAULTS },
    epochs: 1,
    bestEpoch: 1,
    history: [],
    trainAccuracy: 1,
    validAccuracy: 1,
    testAccuracy: 1,
    confusion: { labels: ['Bear'], matrix: [[1]] },
    perClass: [{ label: 'Bear', precision: 1, recall: 1, f1: 1, support: 1 }],
    seconds: { features: 1, head: 1 },
    imagesPerSecond: 1,
    seed: 1,
    trainedAt: 1,
  },
  verdicts: [],
});
/** Models that are sound, each with members nobody knows. */
const models = (count: number, extra: string): Table[] => [
  labels,
  ...Array.from({ length: count }, (_, n) => ({
    table: 'models' as const,
    path: `models/${String(n).padStart(5, '0')}.jsonl`,
    rows: 1,
    text: `${JSON.stringify(modelRow(n)).slice(0, -1)},${extra}}\n`,
    floats: new Float32Array(2049),
  })),
];
const empties = (count: number) => `[${Array(count).fill('{}').join(',')}]`;
const threefold = () => ['x', 'y', 'z'].map(name => `"${name}":${empties(999_990)}`).join(',');
/** Objects of forty members, as many as go into the bytes: with names of their own, or the same ones in ever another order. */
function unlike(bytes: number, nameOf: (object: number, member: number) => string): string {
  const object = (n: number) => `{${Array.from({ length: 40 }, (_, i) => `"${nameOf(n, i)}":0`).join(',')}}`;
  const count = Math.floor(bytes / (object(9999).length + 1));
  return `"x":[${Array.from({ length: count }, (_, n) => object(n)).join(',')}]`;
}
const ownNames = (n: number, i: number) => (n * 40 + i).toString(36);
/** Another permutation for each object: steps of any odd width round a ring of 64 names, from another start. */
const otherOrder = (n: number, i: number) => `k${((n % 64) + i * (((n >> 6) % 32) * 2 + 1)) % 64}${(n >> 11) % 64}`;

/** A backup that is whole, but for what stands in these tables. */
async function backupOf(tables: Table[], change = (pieces: Piece[]) => pieces): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Part[] = [];
  const pieces: Piece[] = [];
  for (const { table, path, rows, text, floats } of tables) {
    const bytes = typeof text === 'string' ? new Uint8Array(Buffer.from(text)) : text;
    const numbers = floats && new Uint8Array(floats.buffer);
    const hash = await sha256(bytes);
    pieces.push({ table, path, rows, sha256: hash, numbers: numbers ? await sha256(numbers) : '' });
    if (numbers) parts.push({ path: numbersPath(path), data: numbers, deflate: true });
    parts.push({ path, data: bytes, deflate: true });
  }
  const head = { format: 'gleaner-backup', version: 1, part: 1, last: true, settings: SETTINGS };
  const manifest = Buffer.from(JSON.stringify({ ...head, pieces: change(pieces) }));
  return craftZip([...parts, { path: 'backup.json', data: manifest, deflate: true }]);
}

/** So many bytes of one token, between a beginning and an end. */
function repeated(token: string, bytes: number, before = '', after = ''): Uint8Array<ArrayBuffer> {
  const text = Buffer.alloc(bytes - (bytes % token.length), token);
  text.write(before, 0);
  text.write(after, text.length - after.length);
  return new Uint8Array(text);
}
const keys = (count: number) => `{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',')}}\n`;
const model = (text: Table['text']) => [
  labels,
  { table: 'models' as const, path: 'models/00000.jsonl', rows: 1, text },
];
const odd = (text: Table['text'], rows = 1): Table[] => [{ ...labels, rows, text }];

/** Of a bomb in a model: the rest of the backup is none. */
const LEFT_OUT = 'model_left_out';
const BOMBS: [string, string, () => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['63 MB of line breaks', 'zip_bomb', () => backupOf(odd(repeated('\n', 63e6), 500))],
  ['15 MB of line breaks', 'backup_field', () => backupOf(odd(repeated('\n', 15e6), 500))],
  ['one line of 21 million []', 'zip_bomb', () => backupOf(model(repeated('[],', 63e6, '[', '0]\n')))],
  ['one line of 5 million []', LEFT_OUT, () => backupOf(model(repeated('[],', 15e6, '[', '0]\n')))],
  ['one line of 21 million {}', 'zip_bomb', () => backupOf(model(repeated('{},', 63e6, '[', '0]\n')))],
  ['one line of 5 million {}', LEFT_OUT, () => backupOf(model(repeated('{},', 15e6, '[', '0]\n')))],
  [
    'lists of a million numbers',
    LEFT_OUT,
    () => backupOf(model(repeated(`[${'0,'.repeat(999e3)}0],`, 15e6, '[', '0]\n'))),
  ],
  ['4 million keys', LEFT_OUT, async () => backupOf(model(keys(4e6)))],
  ['1 million keys in a label', 'backup_field', async () => backupOf(odd(keys(1e6)))],
  ['5 million brackets inside each other', LEFT_OUT, () => backupOf(model(repeated('[', 5e6, '[', '\n')))],
  ['a string that never ends', LEFT_OUT, () => backupOf(model(repeated('\\', 15e6, '"', '\n')))],
  [
    'one piece named 65,535 times',
    'backup_field',
    () => backupOf([labels], pieces => Array.from({ length: 65_535 }, () => pieces[0] as Piece)),
  ],
  [
    'a manifest of empty lists',
    'backup_field',
    () => backupOf([labels], () => Array.from({ length: 4e6 }, () => []) as unknown as Piece[]),
  ],
  // Small in the zip and not in memory, because of what nobody reads.
  ['five models with 3 million unknown objects each', 'zip_bomb', () => backupOf(models(5, threefold()))],
  ['one model with 3 million unknown objects', LEFT_OUT, () => backupOf(models(1, threefold()))],
  ['objects of 40 names of their own', LEFT_OUT, () => backupOf(models(1, unlike(15e6, ownNames)))],
  ['objects of the same names in many orders', LEFT_OUT, () => backupOf(models(1, unlike(15e6, otherOrder)))],
  ['three tables that are each just small enough', 'zip_bomb', () => backupOf(models(3, `"x":"${' '.repeat(15e6)}"`))],
];

describe('a backup that would cost more than it may', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gleaner-bombs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(BOMBS)('is refused at once, or opened without it: %s', async (_name, code, make) => {
    const path = join(folder, 'bomb.zip');
    await writeFile(path, await make());
    const run = promisify(execFile);
    const script = join(import.meta.dirname, 'open-alone.ts');
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script, path]);
    const cost = JSON.parse(stdout) as Cost;
    expect(cost.code).toBe(code);
    expect(cost.mb).toBeLessThan(200);
    expect(cost.ms).toBeLessThan(5000);
  });
});

describe('a backup with members nobody knows', () => {
  it('opens without them', async () => {
    const extra = `"x":{"since":[${empties(500)},1,{"a":{"b":null}}]},"y":${JSON.stringify(modelRow(3))}`;
    const archive = await openZip(new Blob([await backupOf(models(2, extra))]));
    const backup = await openBackup(archive, 1e6, new AbortController().signal);
    const read = [];
    for await (const model of backup.models()) read.push(model);
    expect(read.map(({ id }) => id)).toEqual([ID(0), ID(1)]);
    expect(read[0]).not.toHaveProperty('x');
  });
});

describe('cancelling', () => {
  const PIECES = 60;
  const candidate = { url: 'https://example.test/1.png' };
  const provenance = { engine: 'bing', query: 'bear', pageUrl: '', harvestedAt: 1 };
  const harvest = { id: LABEL, labelId: LABEL, engine: 'bing', query: 'bear', pageUrl: '', startedAt: 1 };
  const rows = {
    harvests: { ...harvest, tiles: 1, found: 1, added: 1, known: 0, refused: {}, undone: false },
    jobs: { labelId: LABEL, harvestId: LABEL, candidate, provenance, state: 'stored', attempts: 1, notBefore: 1 },
  };

  it.each(['harvests', 'jobs'] as const)('is heard within one piece while %s are checked', async table => {
    const path = (n: number) => `${table}/${String(n).padStart(5, '0')}.jsonl`;
    const pieces = Array.from({ length: PIECES }, (_, n) => ({
      table,
      path: path(n),
      rows: 1,
      text: line(rows[table]),
    }));
    const archive = await openZip(new Blob([await backupOf([labels, ...pieces])]));
    const controller = new AbortController();
    const read: string[] = [];
    const get = (name: string) => {
      read.push(name);
      if (name === path(5)) controller.abort();
      return archive.byPath.get(name);
    };
    const watched = { ...archive, byPath: { get } } as unknown as Archive;
    await expect(openBackup(watched, 1e6, controller.signal)).rejects.toThrow(/abort/i);
    expect(read.filter(name => name.startsWith(table))).toHaveLength(6);
  });
});
