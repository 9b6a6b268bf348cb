// A file of an export on a disk that has no room: said by its name, and nothing of it is left.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSink, removeOldSinks } from '../../src/edges/zip-sink';

/** The private file system: files by name, and how many bytes still fit. */
let files = new Map<string, Uint8Array[]>();
let room = 0;
/** How a browser tells that a disk is full: it writes less, or it throws. */
let throws = false;

function handleOf(name: string) {
  return {
    write(bytes: Uint8Array) {
      if (bytes.length > room && throws) throw new DOMException('full', 'QuotaExceededError');
      const fits = bytes.subarray(0, room);
      files.get(name)!.push(fits.slice());
      room -= fits.length;
      return fits.length;
    },
    flush: () => undefined,
    close: () => undefined,
  };
}

beforeEach(() => {
  files = new Map();
  const folder = {
    async getFileHandle(name: string) {
      files.set(name, []);
      const createSyncAccessHandle = async () => handleOf(name);
      return { createSyncAccessHandle, getFile: async () => new Blob(files.get(name) as BlobPart[]) };
    },
    removeEntry: async (name: string) => void files.delete(name),
    keys: () => files.keys(),
  };
  const getDirectory = async () => ({ getDirectoryHandle: async () => folder });
  vi.stubGlobal('navigator', { storage: { getDirectory } });
});
afterEach(() => vi.unstubAllGlobals());

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
  await removeOldSinks();
  expect(files.size).toBe(1);
});
