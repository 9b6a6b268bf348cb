// A file in the origin's private file system that an export is written into, without ever being whole in memory. Workers only.
import { GleanerError } from '../contract/error';
import { hastenCollections } from './garbage';
import { unlessLocked } from './private-files';

const FOLDER = 'exports';
/** Small pieces are joined to this size: each write crosses into the browser's own process. */
const BUFFER = 1024 * 1024;
/** A finished file may still be on its way to the user's disk; after this long it is not. */
const KEEP_MS = 10 * 60_000;

export interface FileSink {
  /** Throws `export_storage_full` when the disk has no room. */
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
  /** The written file; only after `close`. */
  file(): Promise<File>;
  /** Removes the file, closed or not. */
  discard(): Promise<void>;
}

/** A new empty file under a name of its own. */
export async function openSink(): Promise<FileSink> {
  const folder = await exportsFolder();
  const name = `${Date.now()}-${crypto.randomUUID()}.zip`;
  const entry = await folder.getFileHandle(name, { create: true });
  const handle = await entry.createSyncAccessHandle();
  const buffer = new Uint8Array(BUFFER);
  let filled = 0;
  const becameGarbage = hastenCollections();
  const put = (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      // A full disk may show itself as an error or as a short write.
      if (handle.write(bytes) !== bytes.length) throw new GleanerError('export_storage_full');
    } catch (cause) {
      throw cause instanceof GleanerError ? cause : new GleanerError('export_storage_full', [], { cause });
    }
  };
  return {
    write(bytes) {
      becameGarbage(bytes.length);
      if (filled + bytes.length > BUFFER) {
        put(buffer.subarray(0, filled));
        filled = 0;
      }
      if (bytes.length > BUFFER) return put(bytes as Uint8Array<ArrayBuffer>);
      buffer.set(bytes, filled);
      filled += bytes.length;
    },
    async close() {
      put(buffer.subarray(0, filled));
      filled = 0;
      handle.flush();
      handle.close();
    },
    file: () => entry.getFile(),
    async discard() {
      handle.close();
      await folder.removeEntry(name);
    },
  };
}

/** Removes what earlier exports left. A file that another tab is writing is locked by its handle and stays. */
export async function removeOldSinks(): Promise<void> {
  const folder = await exportsFolder();
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  for (const name of names) {
    const age = Date.now() - Number.parseInt(name, 10);
    if (age < KEEP_MS) continue;
    await folder.removeEntry(name).catch(unlessLocked);
  }
}

async function exportsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
