// A file in the origin's private file system that an export is written into, without ever being whole in memory: by workers only.
import { GleanerError } from '../contract/error';
import { hastenCollections } from './garbage';
import { unlessLocked } from './private-files';

const FOLDER = 'exports';
/** Small pieces are joined to this size: each write crosses into the browser's own process. */
const BUFFER = 1024 * 1024;

export interface FileSink {
  /** Throws `export_storage_full` when the disk has no room. */
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
  /** The written file; only after `close`. */
  file(): Promise<File>;
  /** Removes the file, closed or not. */
  discard(): Promise<void>;
}

/**
 * A new empty file under a name of its own.
 * @param began  when its export began: files of one export stay and go together
 */
export async function openSink(began = Date.now()): Promise<FileSink> {
  const folder = await exportsFolder();
  const name = `${began}-${crypto.randomUUID()}.zip`;
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

/**
 * Removes what exports left whose last file was written so long ago. A file that another tab is writing is locked by its handle
 * and stays.
 */
export async function removeOldSinks(olderThan: number): Promise<void> {
  const folder = await exportsFolder();
  const found: { name: string; began: number; written: number }[] = [];
  for await (const [name, entry] of folder.entries()) {
    // Where a file cannot be looked at, its name alone says how old it is.
    const written = await (entry as FileSystemFileHandle).getFile().then(
      file => file.lastModified,
      () => 0,
    );
    found.push({ name, began: Number.parseInt(name, 10), written });
  }
  const newest = new Map<number, number>();
  for (const { began, written } of found) newest.set(began, Math.max(newest.get(began) ?? began, written));
  for (const { name, began } of found) {
    if (Date.now() - newest.get(began)! < olderThan) continue;
    await folder.removeEntry(name).catch(unlessLocked);
  }
}

async function exportsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
