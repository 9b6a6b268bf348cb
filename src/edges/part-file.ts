// A half-downloaded file kept on disk (origin-private file system), so that a download goes on where it broke off.
import { GleanerError } from '../contract/error';

export interface PartFile {
  size(): number;
  read(from: number, to: number): Uint8Array;
  append(bytes: Uint8Array): void;
  clear(): void;
  close(): void;
}

/** Opens or makes the part in a worker; only one context can hold it: others get 'weights_busy'. */
export async function openPart(name: string): Promise<PartFile> {
  const directory = await navigator.storage.getDirectory();
  const file = await directory.getFileHandle(name, { create: true });
  const handle = await file.createSyncAccessHandle().catch(cause => {
    throw new GleanerError('weights_busy', [], { cause });
  });
  return {
    size: () => handle.getSize(),
    read(from, to) {
      const bytes = new Uint8Array(to - from);
      handle.read(bytes, { at: from });
      return bytes;
    },
    append(bytes) {
      handle.write(bytes, { at: handle.getSize() });
      handle.flush();
    },
    clear() {
      handle.truncate(0);
      handle.flush();
    },
    close: () => handle.close(),
  };
}

/** The finished part as a file, after `close`. */
export async function partAsFile(name: string): Promise<File> {
  return (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile();
}

export async function removePart(name: string): Promise<void> {
  await (await navigator.storage.getDirectory()).removeEntry(name).catch(() => undefined);
}
