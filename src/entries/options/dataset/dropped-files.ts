// The files of a drop, folders walked through.

/** Most files one drop may bring; a slip with a whole disk must not freeze the page. */
const MOST = 20_000;

/** All files dropped, folders included. Reads the transfer before its first await, as browsers demand. */
export function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  const items = [...(transfer?.items ?? [])].filter(item => item.kind === 'file');
  const entries = items.map(item => item.webkitGetAsEntry());
  const plain = items.map(item => item.getAsFile());
  return collect(entries, plain);
}

async function collect(entries: (FileSystemEntry | null)[], plain: (File | null)[]): Promise<File[]> {
  const files: File[] = [];
  for (const [index, entry] of entries.entries()) {
    const file = plain[index];
    if (entry?.isDirectory) await walk(entry as FileSystemDirectoryEntry, files);
    else if (file) files.push(file);
  }
  return files.slice(0, MOST);
}

async function walk(directory: FileSystemDirectoryEntry, files: File[]): Promise<void> {
  const reader = directory.createReader();
  for (;;) {
    // A reader gives at most a hundred entries a time, and an empty list when done.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0 || files.length >= MOST) return;
    for (const entry of entries) {
      if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, files);
      else
        files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    }
  }
}
