// The zip writer, read back by JSZip and by ordinary tools.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip, type ZipEntry } from '../../src/formats/zip/write';
import { partNote } from '../../src/pipeline/export/part-note';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gleaner-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* stream(entries: Iterable<ZipEntry>): AsyncGenerator<ZipEntry> {
  yield* entries;
}

/** Writes into memory; one byte array for each part. */
async function zipped(
  entries: Iterable<ZipEntry>,
  limits?: { entries: number; bytes: number },
  note?: (part: number) => ZipEntry[],
): Promise<Buffer[]> {
  const parts: Uint8Array[][] = [];
  await writeZip(
    stream(entries),
    async part => {
      const chunks: Uint8Array[] = [];
      parts[part] = chunks;
      // A copy, as a file makes one: the writer may use its arrays again.
      return { write: bytes => void chunks.push(bytes.slice()), close: async () => {} };
    },
    new AbortController().signal,
    { limits, note },
  );
  return parts.map(chunks => Buffer.concat(chunks));
}

function* files(count: number, bytes: number): Generator<ZipEntry> {
  for (let i = 0; i < count; i++) {
    yield { path: `dataset/train/Bär ${i % 3}/${i}.jpg`, bytes: new Uint8Array(bytes).fill(i % 251) };
  }
}

/** Whether a program of the machine can be run. */
const has = (program: string) => spawnSync(program, ['-h']).error === undefined;

describe('writeZip', () => {
  it('keeps every byte over many batches, with names beyond ASCII', async () => {
    const [bytes] = await zipped([...files(700, 3_000), { path: 'dataset/empty.txt', bytes: new Uint8Array() }]);
    const zip = await JSZip.loadAsync(bytes ?? '', { checkCRC32: true });
    expect(Object.keys(zip.files)).toHaveLength(701);
    const one = await zip.file('dataset/train/Bär 1/697.jpg')?.async('uint8array');
    expect(one).toEqual(new Uint8Array(3_000).fill(697 % 251));
    expect((await zip.file('dataset/empty.txt')?.async('uint8array'))?.length).toBe(0);
  });

  it('refuses two files of one name rather than write one of them', async () => {
    const twice = [...files(2, 10), ...files(1, 10)];
    await expect(zipped(twice)).rejects.toThrow('two files of one name');
  });

  it('gives the same bytes for the same entries', async () => {
    expect(await zipped(files(10, 100))).toEqual(await zipped(files(10, 100)));
  });

  it('starts a new part before either limit, and each part opens by itself', async () => {
    const byCount = await zipped(files(25, 10), { entries: 10, bytes: 1e9 });
    expect(
      await Promise.all(byCount.map(async part => Object.keys((await JSZip.loadAsync(part)).files).length)),
    ).toEqual([10, 10, 5]);
    const bySize = await zipped(files(20, 100_000), { entries: 1e9, bytes: 1_000_000 });
    expect(bySize.length).toBeGreaterThan(1);
    for (const part of bySize) expect(part.length).toBeLessThanOrEqual(1_000_000);
    let found = 0;
    for (const part of bySize) found += Object.keys((await JSZip.loadAsync(part, { checkCRC32: true })).files).length;
    expect(found).toBe(20);
  });

  it('puts a note into every part that another follows', async () => {
    const parts = await zipped(files(25, 10), { entries: 10, bytes: 1e9 }, part => [partNote(part)]);
    const names = await Promise.all(parts.map(async part => Object.keys((await JSZip.loadAsync(part)).files)));
    const notes = names.map(all => all.filter(name => !name.startsWith('dataset/')));
    expect(notes).toEqual([['README-part-1.md'], ['README-part-2.md'], []]);
    // Unpacked into one folder, no part's file replaces another's.
    expect(new Set(names.flat()).size).toBe(25 + 2);
    expect((await zipped(files(5, 10), undefined, part => [partNote(part)])).length).toBe(1);
  });

  it('makes a part of its own for one file above the limit', async () => {
    const parts = await zipped(files(2, 500_000), { entries: 10, bytes: 300_000 });
    expect(parts).toHaveLength(2);
  });

  it('stops with the reason of the signal and closes nothing', async () => {
    const controller = new AbortController();
    let closed = false;
    function* endless(): Generator<ZipEntry> {
      for (const entry of files(1_000, 10_000)) {
        if (entry.path.endsWith('/300.jpg')) controller.abort(new Error('enough'));
        yield entry;
      }
    }
    const close = async () => {
      closed = true;
    };
    const sink = { write: () => {}, close };
    await expect(writeZip(stream(endless()), async () => sink, controller.signal)).rejects.toThrow('enough');
    expect(closed).toBe(false);
  });

  it.skipIf(!has('unzip') || !has('python3'))('satisfies unzip and Python, also empty folders', async () => {
    const [bytes] = await zipped([...files(300, 70_000), { path: 'dataset/valid/Bär 0/', bytes: new Uint8Array() }]);
    const path = join(folder, 'all.zip');
    writeFileSync(path, bytes ?? '');
    expect(execFileSync('unzip', ['-tq', path], { encoding: 'utf8' })).toContain('No errors');
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()), z.infolist()[-1].is_dir())';
    expect(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim()).toBe('None 301 True');
  });
});
