// A file of an export: on a disk that has no room it is said by its name, and nothing of it is left; else it stays for as long as
// somebody writes or reads it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSink, removeOldSinks } from '../../src/edges/zip-sink';
import { fakeLocks } from '../options/fake-locks';

/** The private file system: files by name, and how many bytes still fit. */
let files = new Map<string, Uint8Array[]>();
let written = new Map<string, number>();
let room = 0;
/** How a browser tells that a disk is full: it writes less, or it throws. */
let throws = false;

function handleOf(name: string) {
  return {
    write(bytes: Uint8Array) {
      if (bytes.length > room && throws) throw new DOMException('full', 'QuotaExceededError');
      const fits = bytes.subarray(0, room);
      files.get(name)!.push(fits.slice());
      written.set(name, Date.now());
      room -= fits.length;
      return fits.length;
    },
    flush: () => undefined,
    close: () => undefined,
  };
}

async function fileOf(name: string): Promise<File> {
  return new File(files.get(name) as BlobPart[], name, { lastModified: written.get(name)! });
}

beforeEach(() => {
  files = new Map();
  written = new Map();
  const folder = {
    async getFileHandle(name: string) {
      files.set(name, []);
      written.set(name, Date.now());
      return { createSyncAccessHandle: async () => handleOf(name), getFile: () => fileOf(name) };
    },
    async *entries() {
      for (const name of files.keys()) yield [name, { getFile: () => fileOf(name) }];
    },
    removeEntry: async (name: string) => void files.delete(name),
  };
  const getDirectory = async () => ({ getDirectoryHandle: async () => folder });
  vi.stubGlobal('navigator', { storage: { getDirectory }, locks: fakeLocks() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([false, true])('is discarded where the disk is full, whether or not that is thrown (%s)', async full => {
  throws = full;
  room = 3_000_000;
  const sink = await openSink();
  sink.write(new Uint8Array(2_000_000));
  expect(() => sink.write(new Uint8Array(2_000_000))).toThrow('export_storage_full');
  await sink.discard();
  expect(files.size).toBe(0);
});

it('notices at its end what did not fit', async () => {
  throws = false;
  room = 10;
  const sink = await openSink();
  sink.write(new Uint8Array(100));
  await expect(sink.close()).rejects.toThrow('export_storage_full');
  await sink.discard();
  expect(files.size).toBe(0);
});

it('gives what was written, and keeps it while it is on its way to the user', async () => {
  room = 1e9;
  const sink = await openSink();
  sink.write(Uint8Array.of(1, 2));
  sink.write(new Uint8Array(1_500_000));
  await sink.close();
  expect((await sink.file()).size).toBe(1_500_002);
  await removeOldSinks(1000);
  expect(files.size).toBe(1);
});

describe('files of an export', () => {
  /** A page of the extension: locks and files are all that pages share. */
  async function page() {
    vi.resetModules();
    const { keepingExports, KEEP_MS } = await import('../../src/edges/kept-exports');
    return { keepingExports, KEEP_MS };
  }
  const MINUTE = 60_000;
  const part = async (began: number) => {
    const sink = await openSink(began);
    sink.write(Uint8Array.of(1));
    await sink.close();
  };

  beforeEach(() => {
    room = 1e9;
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  });

  it('stay while another page begins and ends exports, and while the browser reads them', async () => {
    const [one, other] = [await page(), await page()];
    let finish: () => void = () => undefined;
    const wait = new Promise<void>(resolve => {
      finish = resolve;
    });
    const began = Date.now();
    const exporting = one.keepingExports(async () => {
      await part(began);
      await wait;
      await part(began);
    });
    // The first part is finished and nobody holds it, while the next is written for longer than a finished file stays.
    await vi.advanceTimersByTimeAsync(5 * one.KEEP_MS);
    await other.keepingExports(() => part(Date.now()));
    expect(files.size).toBe(2);
    finish();
    await exporting;
    // Both are on their way to the user's disk now.
    await vi.advanceTimersByTimeAsync(one.KEEP_MS - MINUTE);
    await other.keepingExports(async () => undefined);
    expect(files.size).toBe(3);
  });

  it('stay for as long where the page that wrote them is gone', async () => {
    const began = Date.now();
    await part(began);
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    await part(began);
    const { keepingExports, KEEP_MS } = await page();
    await keepingExports(async () => undefined);
    expect(files.size).toBe(2);
    await vi.advanceTimersByTimeAsync(KEEP_MS);
    await keepingExports(async () => undefined);
    expect(files.size).toBe(0);
  });

  it('are removed by the next export once nobody reads them, those of earlier versions and of failed exports too', async () => {
    const { keepingExports, KEEP_MS } = await page();
    files.set(`${Date.now()}-earlier.zip`, []);
    await expect(
      keepingExports(async () => {
        await part(Date.now() + 1);
        throw new Error('a worker that died');
      }),
    ).rejects.toThrow('a worker that died');
    await vi.advanceTimersByTimeAsync(KEEP_MS + MINUTE);
    expect(await keepingExports(async () => files.size)).toBe(0);
  });
});
