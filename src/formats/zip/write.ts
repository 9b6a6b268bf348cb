// Writes zips of any length with little memory: JSZip packs small batches, whose parts are joined into one archive.
import JSZip from 'jszip';

/** One file, or an empty folder when the path ends with a slash. */
export interface ZipEntry {
  path: string;
  bytes: Uint8Array;
}

/** A text file in UTF-8. */
export function textEntry(path: string, text: string): { path: string; bytes: Uint8Array<ArrayBuffer> } {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** Where the bytes of one archive go, in order. */
export interface ZipSink {
  write(bytes: Uint8Array): void | Promise<void>;
}

/** Below the limits of a zip without ZIP64 extensions (65,535 entries, 4 GiB), which JSZip exceeds without an error. */
const ZIP_LIMITS = { entries: 60_000, bytes: 2_000_000_000 };

interface ZipOptions {
  limits?: typeof ZIP_LIMITS;
  note?: (part: number) => ZipEntry[];
  before?: number;
}

/** JSZip's memory grows with the files it is given at once, whatever their size; this keeps it small, and what a collector has to come for with it. */
const BATCH = { entries: 128, bytes: 1_000_000 };

/**
 * Writes the entries into as many archives as the limits ask for. `open` is called before the first byte of each part
 * (0, 1, …), `close` after its last. Stops between batches when the signal aborts, and rejects with its reason.
 * @param note  what a part shall hold besides because another follows it; a few kilobytes at most
 * @param before  bytes that stand in each file before the archive, which is appended to them
 */
export async function writeZip(
  entries: AsyncIterable<ZipEntry>,
  open: (part: number) => Promise<ZipSink & { close(): Promise<void> }>,
  signal: AbortSignal,
  { limits = ZIP_LIMITS, note = () => [], before = 0 }: ZipOptions = {},
): Promise<void> {
  let part = 0;
  let archive = new Archive(await open(part), before);
  let batch: ZipEntry[] = [];
  let bytes = 0;
  const flush = async () => {
    signal.throwIfAborted();
    await archive.add(batch);
    batch = [];
    bytes = 0;
  };
  for await (const entry of entries) {
    signal.throwIfAborted();
    const full =
      archive.entries + batch.length + 1 > limits.entries ||
      archive.length + archive.overhead + bytes + entry.bytes.length > limits.bytes;
    if (full && archive.entries + batch.length > 0) {
      batch.push(...note(part));
      await flush();
      await archive.end();
      part++;
      archive = new Archive(await open(part), before);
    }
    batch.push(entry);
    bytes += entry.bytes.length;
    if (batch.length >= BATCH.entries || bytes >= BATCH.bytes) await flush();
  }
  await flush();
  await archive.end();
}

/** One archive: local files as they come, their directory records kept until the end. */
class Archive {
  entries = 0;
  /** Bytes of the file so far. */
  length: number;
  #directory: Uint8Array[] = [];
  #directoryLength = 0;

  constructor(
    readonly sink: ZipSink & { close(): Promise<void> },
    before: number,
  ) {
    this.length = before;
  }

  /** Bytes still to come for the directory, with room for one more batch of names. */
  get overhead(): number {
    return this.#directoryLength + BATCH.entries * 1024;
  }

  async add(batch: ZipEntry[]): Promise<void> {
    if (batch.length === 0) return;
    const base = this.length;
    const { files, directory } = await pack(batch);
    for (const record of directory) this.#keep(record, base);
    for (const chunk of files) {
      await this.sink.write(chunk);
      this.length += chunk.length;
    }
    this.entries += batch.length;
  }

  /** Moves a directory record from its batch's own archive to its place in this one; JSZip's end record is left out. */
  #keep(record: Uint8Array, base: number): void {
    const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
    if (view.getUint32(0, true) !== 0x02014b50) return;
    view.setUint32(42, view.getUint32(42, true) + base, true);
    this.#directory.push(record);
    this.#directoryLength += record.length;
  }

  async end(): Promise<void> {
    for (const record of this.#directory) await this.sink.write(record);
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.entries, true);
    end.setUint16(10, this.entries, true);
    end.setUint32(12, this.#directoryLength, true);
    end.setUint32(16, this.length, true);
    await this.sink.write(new Uint8Array(end.buffer));
    await this.sink.close();
  }
}

/**
 * One batch packed by JSZip: its files as they stand in an archive, and its directory, one record a chunk. Stored, not
 * deflated, because images are compressed already; without data descriptors, which readers that only go forward refuse.
 */
function pack(batch: ZipEntry[]): Promise<{ files: Uint8Array[]; directory: Uint8Array[] }> {
  const zip = new JSZip();
  // A fixed time makes the same collection give the same bytes.
  const options = { createFolders: false, date: new Date(Date.UTC(2000, 0, 1)) };
  for (const { path, bytes } of batch) {
    if (path.endsWith('/')) zip.file(path, null, { ...options, dir: true });
    else zip.file(path, bytes, options);
  }
  // JSZip lets the second of two files of one name take the place of the first.
  if (Object.keys(zip.files).length !== batch.length) throw new Error('two files of one name');
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    zip
      .generateInternalStream({ type: 'uint8array', compression: 'STORE', streamFiles: false })
      // JSZip names no current file once it has come to the directory.
      .on('data', (chunk, meta) => void (meta.currentFile === null ? directory : files).push(chunk))
      .on('error', reject)
      .on('end', () => resolve({ files, directory }))
      .resume();
  });
}
