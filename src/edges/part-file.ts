// A half-downloaded file kept on disk (origin-private file system), so that a download goes on where it broke off.
import { GleanerError } from '../contract/error';
import { delay } from './delay';

export interface PartFile {
  size(): number;
  read(from: number, to: number): Uint8Array;
  /** Throws 'weights_storage_full' when the disk does not take all of it. */
  append(bytes: Uint8Array): void;
  clear(): void;
  close(): void;
}

/** Bytes after which what was written is forced to the disk: a crash costs no more than these. */
const FLUSH_EVERY = 1 << 22;

const HANDLE_MS = 2000;

/** Opens or makes the part in a worker; only one context can hold it: others get 'weights_busy'. */
export async function openPart(name: string): Promise<PartFile> {
  const directory = await navigator.storage.getDirectory();
  const file = await directory.getFileHandle(name, { create: true });
  const handle = await takeHandle(file);
  let size = handle.getSize();
  let unsaved = 0;
  return {
    size: () => size,
    read(from, to) {
      const bytes = new Uint8Array(to - from);
      handle.read(bytes, { at: from });
      return bytes;
    },
    append(bytes) {
      try {
        // A full disk shows itself as an error or as a short write.
        if (handle.write(bytes, { at: size }) !== bytes.length) throw new GleanerError('weights_storage_full');
        unsaved += bytes.length;
        if (unsaved >= FLUSH_EVERY) {
          handle.flush();
          unsaved = 0;
        }
      } catch (cause) {
        handle.truncate(size);
        throw cause instanceof GleanerError ? cause : new GleanerError('weights_storage_full', [], { cause });
      }
      size += bytes.length;
    },
    clear() {
      handle.truncate(0);
      handle.flush();
      [size, unsaved] = [0, 0];
    },
    close() {
      handle.flush();
      handle.close();
    },
  };
}

/** The finished part as a file, after `close`. */
export async function partAsFile(name: string): Promise<File> {
  return (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile();
}

export async function removePart(name: string): Promise<void> {
  await (await navigator.storage.getDirectory()).removeEntry(name).catch(() => undefined);
}

/** A worker that was just ended holds its handle for another moment; whoever holds it for longer is another tab. */
async function takeHandle(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  const end = performance.now() + HANDLE_MS;
  for (;;) {
    try {
      return await file.createSyncAccessHandle();
    } catch (cause) {
      if (performance.now() > end) throw new GleanerError('weights_busy', [], { cause });
      await delay(100);
    }
  }
}
