// The files of a drop, folders walked through.

/** Most files one drop may bring; a slip with a whole disk must not freeze the page. */
export const MOST_DROPPED = 20_000;

export interface Dropped {
  files: File[];
  /** There were more than one drop may bring; those are not among `files`. */
  more: boolean;
}

/** All files dropped, folders included. Reads the transfer before its first await, as browsers demand. */
export function filesOf(transfer: DataTransfer | null): Promise<Dropped> {
  const items = [...(transfer?.items ?? [])].filter(item => item.kind === 'file');
  const entries = items.map(item => item.webkitGetAsEntry());
  const plain = items.map(item => item.getAsFile());
  return collect(entries, plain);
}

async function collect(entries: (FileSystemEntry | null)[], plain: (File | null)[]): Promise<Dropped> {
  const dropped: Dropped = { files: [], more: false };
  for (const [index, entry] of entries.entries()) {
    const file = plain[index];
    if (entry?.isDirectory) await walk(entry as FileSystemDirectoryEntry, dropped);
    else if (file && hasRoom(dropped)) dropped.files.push(file);
  }
  return dropped;
}

async function walk(directory: FileSystemDirectoryEntry, dropped: Dropped): Promise<void> {
  const reader = directory.createReader();
  for (;;) {
    // A reader gives at most a hundred entries a time, and an empty list when done.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (!hasRoom(dropped)) return;
      if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, dropped);
      else dropped.files.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Whether one more may be taken; that one could not is remembered. */
function hasRoom(dropped: Dropped): boolean {
  dropped.more ||= dropped.files.length >= MOST_DROPPED;
  return !dropped.more;
}
