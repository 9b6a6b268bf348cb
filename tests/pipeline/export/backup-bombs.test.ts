// Small files that would become gigabytes or hours: each is refused by name before it costs anything, and cancelling is heard.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/contract/settings';
import { digest, type Piece } from '../../../src/pipeline/export/backup/format';
import { openBackup } from '../../../src/pipeline/export/backup/open-backup';
import { type Archive, openArchive } from '../../../src/pipeline/export/unzip/directory';
import type { Cost } from './open-alone';

const { version: _version, ...SETTINGS } = DEFAULT_SETTINGS;
const LABEL = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const label = { id: LABEL, name: 'Bear', folder: 'bear', colour: 0, createdAt: 1 };
const line = (row: unknown) => `${JSON.stringify(row)}\n`;

type Table = Omit<Piece, 'sha256' | 'numbers'> & { text: string | Uint8Array<ArrayBuffer> };
const labels: Table = { table: 'labels', path: 'labels/00000.jsonl', rows: 1, text: line(label) };

/** A backup that is whole, but for what stands in these tables. */
async function backupOf(tables: Table[], change = (pieces: Piece[]) => pieces): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new JSZip();
  const pieces: Piece[] = [];
  for (const { table, path, rows, text } of tables) {
    const bytes = typeof text === 'string' ? new Uint8Array(Buffer.from(text)) : text;
    pieces.push({ table, path, rows, sha256: await digest(bytes), numbers: '' });
    zip.file(path, bytes, { createFolders: false });
  }
  const head = { format: 'gleaner-backup', version: 1, part: 1, last: true, settings: SETTINGS };
  zip.file('backup.json', JSON.stringify({ ...head, pieces: change(pieces) }));
  return new Uint8Array(await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
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

const BOMBS: [string, string, () => Promise<Uint8Array<ArrayBuffer>>][] = [
  ['63 MB of line breaks', 'zip_bomb', () => backupOf(odd(repeated('\n', 63e6), 500))],
  ['15 MB of line breaks', 'backup_field', () => backupOf(odd(repeated('\n', 15e6), 500))],
  ['one line of 21 million []', 'zip_bomb', () => backupOf(model(repeated('[],', 63e6, '[', '0]\n')))],
  ['one line of 5 million []', 'backup_field', () => backupOf(model(repeated('[],', 15e6, '[', '0]\n')))],
  ['one line of 21 million {}', 'zip_bomb', () => backupOf(model(repeated('{},', 63e6, '[', '0]\n')))],
  ['one line of 5 million {}', 'backup_field', () => backupOf(model(repeated('{},', 15e6, '[', '0]\n')))],
  [
    'lists of a million numbers',
    'backup_field',
    () => backupOf(model(repeated(`[${'0,'.repeat(999e3)}0],`, 15e6, '[', '0]\n'))),
  ],
  ['4 million keys', 'backup_field', async () => backupOf(model(keys(4e6)))],
  ['1 million keys in a label', 'backup_field', async () => backupOf(odd(keys(1e6)))],
  ['5 million brackets inside each other', 'backup_field', () => backupOf(model(repeated('[', 5e6, '[', '\n')))],
  ['a string that never ends', 'backup_field', () => backupOf(model(repeated('\\', 15e6, '"', '\n')))],
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
];

describe('a backup that would cost more than it may', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gleaner-bombs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(BOMBS)('is refused at once: %s', async (_name, code, make) => {
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
    const archive = await openArchive(new Blob([await backupOf([labels, ...pieces])]));
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
