// The origin's private files, whoever made them: exports on their way to the user's disk, weights half downloaded.

/** Removes them all, but for one that a worker is writing at this moment: its handle locks it, and its writer removes it. */
export async function removePrivateFiles(): Promise<void> {
  await empty(await navigator.storage.getDirectory());
}

async function empty(folder: FileSystemDirectoryHandle): Promise<void> {
  const entries: FileSystemHandle[] = [];
  for await (const entry of folder.values()) entries.push(entry);
  for (const entry of entries) {
    if (entry.kind === 'directory') await empty(entry as FileSystemDirectoryHandle);
    else await folder.removeEntry(entry.name).catch(unlessLocked);
  }
}

/** Goes over the refusal to remove a file that is being written. */
export function unlessLocked(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NoModificationAllowedError')) throw error;
}
