// Unpacks one file of an archive, never more of it than was promised.
import { crc32 } from 'hash-wasm';
import { FormatError } from '../format-error';

/** One file of the archive, as its directory describes it. */
export interface ArchiveEntry {
  /** Checked by `entryName`; folders end with a slash. */
  path: string;
  /** The name's bytes, which the file's own header must repeat. */
  name: Uint8Array;
  /** Bytes unpacked, and as they lie in the archive. */
  size: number;
  packed: number;
  deflated: boolean;
  crc32: number;
  /** Where its header begins, and where the next thing begins. */
  start: number;
  end: number;
}

const HEADER = 30;

/**
 * The file's bytes. Throws a FormatError: `damaged` when they are not what the directory says (header, length, checksum) and `bomb`
 * as soon as they are more than it says.
 */
export async function readEntry(file: Blob, entry: ArchiveEntry): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const from = await dataStart(file, entry);
    const slice = file.slice(from, from + entry.packed);
    const bytes = entry.deflated ? await inflate(slice, entry) : new Uint8Array(await slice.arrayBuffer());
    if (bytes.length !== entry.size || Number.parseInt(await crc32(bytes), 16) !== entry.crc32)
      throw new FormatError('damaged', [entry.path]);
    return bytes;
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    // The browser's inflater, or a file that went away while it was read.
    throw new FormatError('damaged', [entry.path], { cause });
  }
}

/**
 * The first bytes of the file, at most `most`, unpacked no further; nothing of it is checked. Throws `damaged` as `readEntry` does.
 */
export async function readHead(file: Blob, entry: ArchiveEntry, most: number): Promise<Uint8Array> {
  try {
    const from = await dataStart(file, entry);
    const slice = file.slice(from, from + (entry.deflated ? entry.packed : Math.min(entry.packed, most)));
    if (!entry.deflated) return new Uint8Array(await slice.arrayBuffer());
    const reader = slice.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const bytes = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes.set(value.subarray(0, most - length), length);
      length += value.length;
    }
    await reader.cancel();
    return bytes.subarray(0, Math.min(length, most));
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('damaged', [entry.path], { cause });
  }
}

/** The header in front of the data has a name and an extra field of its own, which must end before the next file. */
async function dataStart(file: Blob, entry: ArchiveEntry): Promise<number> {
  const head = new Uint8Array(await file.slice(entry.start, entry.start + HEADER + entry.name.length).arrayBuffer());
  const view = new DataView(head.buffer);
  const sound =
    head.length === HEADER + entry.name.length &&
    view.getUint32(0, true) === 0x04034b50 &&
    (view.getUint16(6, true) & 0x2041) === 0 &&
    view.getUint16(8, true) === (entry.deflated ? 8 : 0) &&
    view.getUint16(26, true) === entry.name.length &&
    entry.name.every((byte, i) => head[HEADER + i] === byte);
  const from = entry.start + HEADER + entry.name.length + (sound ? view.getUint16(28, true) : 0);
  if (!sound || from + entry.packed > entry.end) throw new FormatError('damaged', [entry.path]);
  return from;
}

async function inflate(slice: Blob, entry: ArchiveEntry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.size);
  let length = 0;
  const reader = slice.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    if (length + value.length > bytes.length) {
      await reader.cancel();
      throw new FormatError('bomb');
    }
    bytes.set(value, length);
    length += value.length;
  }
}
