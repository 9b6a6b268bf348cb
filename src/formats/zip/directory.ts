// Opens a zip from a stranger: reads its directory by slices and refuses what no honest archive of images is.
import { FormatError } from '../format-error';
import { checkedPath, type Decode, entryName, utf8Name } from './entry-name';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './limits';
import { type ArchiveEntry, readEntry, readHead } from './read-entry';
import { unicodePath } from './unicode-path';

export interface Archive {
  entries: ArchiveEntry[];
  /** By path. */
  byPath: Map<string, ArchiveEntry>;
  /** Names that are in a code page the archive does not name; empty where all are UTF-8. */
  foreign: Uint8Array[];
  /** The file's bytes, unpacked: see `readEntry`. */
  read(entry: ArchiveEntry): Promise<Uint8Array<ArrayBuffer>>;
  /** The file's first bytes: see `readHead`. */
  head(entry: ArchiveEntry, most: number): Promise<Uint8Array>;
}

const END_RECORD = 22;
const LONGEST_COMMENT = 65_535;
const HEADER = 30;
const RECORD = 46;

/**
 * Reads the directory only, so it costs the same for any size of files. Throws a FormatError: `unreadable` (no zip, cut short, or
 * contradictory), `large` (ZIP64), `encrypted`, `packing`, `twice`, `overlap`,
 * `bomb`, or what `entryName` throws. Archives inside archives are never opened.
 * @param pageOf  how the names are read that are not UTF-8, all of them alike: one may look like UTF-8 by chance
 */
export async function openArchive(
  file: Blob,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
  pageOf?: (names: readonly Uint8Array[]) => Decode,
): Promise<Archive> {
  const { count, at, length } = await findDirectory(file);
  if (length > limits.directory) throw new FormatError('large');
  const records = new Uint8Array(await read(file, at, at + length));
  const { entries, foreign } = parse(records, count, limits, pageOf);
  const byPath = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    if (byPath.has(entry.path)) throw new FormatError('twice', [entry.path]);
    byPath.set(entry.path, entry);
  }
  refuseOverlaps(entries, at);
  refuseBombs(entries, file.size, limits);
  return {
    entries,
    byPath,
    foreign,
    read: entry => readEntry(file, entry),
    head: (entry, most) => readHead(file, entry, most),
  };
}

interface Directory {
  count: number;
  at: number;
  length: number;
}

/** The end record stands at the very end, before a comment of at most 64 KB. */
async function findDirectory(file: Blob): Promise<Directory> {
  const from = Math.max(0, file.size - END_RECORD - LONGEST_COMMENT);
  const view = new DataView(await read(file, from, file.size));
  for (let i = view.byteLength - END_RECORD; i >= 0; i--) {
    if (view.getUint32(i, true) !== 0x06054b50) continue;
    // The comment must fill the rest exactly: else this is a look-alike inside it.
    if (i + END_RECORD + view.getUint16(i + 20, true) !== view.byteLength) continue;
    const count = view.getUint16(i + 10, true);
    const length = view.getUint32(i + 12, true);
    const at = view.getUint32(i + 16, true);
    if (count === 0xffff || length === 0xffffffff || at === 0xffffffff) throw new FormatError('large');
    const single = view.getUint16(i + 4, true) === 0 && view.getUint16(i + 6, true) === 0;
    if (!single || view.getUint16(i + 8, true) !== count || at + length !== from + i) break;
    return { count, at, length };
  }
  throw new FormatError('unreadable');
}

type Parsed = ArchiveEntry & { utf8: boolean; unicode: string | undefined };

function parse(
  records: Uint8Array,
  count: number,
  limits: ArchiveLimits,
  pageOf: ((names: readonly Uint8Array[]) => Decode) | undefined,
): Pick<Archive, 'entries' | 'foreign'> {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  const found: Parsed[] = [];
  let at = 0;
  while (at < records.length) {
    if (at + RECORD > records.length || view.getUint32(at, true) !== 0x02014b50) throw new FormatError('unreadable');
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const nameEnd = at + RECORD + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > records.length) throw new FormatError('unreadable');
    const name = records.subarray(at + RECORD, nameEnd);
    const utf8 = (flags & 0x800) !== 0;
    const unicode = utf8 ? undefined : unicodePath(records.subarray(nameEnd, extraEnd), name);
    // Bit 0: encrypted; 6: strongly; 13: the directory hides its values.
    if ((flags & 0x2041) !== 0) throw new FormatError('encrypted');
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const start = view.getUint32(at + 42, true);
    if (packed === 0xffffffff || size === 0xffffffff || start === 0xffffffff) throw new FormatError('large');
    if (method === 0 && packed !== size) throw new FormatError('unreadable');
    const crc = view.getUint32(at + 16, true);
    const entry = { path: '', name, size, packed, deflated: method === 8, crc32: crc, start, end: 0, utf8, unicode };
    if (method !== 0 && method !== 8) throw new FormatError('packing', [entryName(name, utf8, limits)]);
    found.push(entry);
    at = next;
  }
  if (found.length !== count) throw new FormatError('unreadable');
  return nameAll(found, limits, pageOf);
}

/** Gives every entry its path. Where one name is in a code page, all that are not said to be UTF-8 are in the same. */
function nameAll(
  found: readonly Parsed[],
  limits: ArchiveLimits,
  pageOf: ((names: readonly Uint8Array[]) => Decode) | undefined,
): Pick<Archive, 'entries' | 'foreign'> {
  const open = found.filter(({ utf8, unicode }) => !utf8 && unicode === undefined);
  const foreign = open.every(({ name }) => utf8Name(name) !== undefined) ? [] : open.map(({ name }) => name);
  const decode = foreign.length > 0 ? pageOf?.(foreign) : undefined;
  const entries = found.map(({ utf8, unicode, ...entry }) => {
    const { name } = entry;
    const text = unicode ?? (decode && !utf8 ? decode(name) : undefined);
    return {
      ...entry,
      path: text === undefined ? entryName(name, utf8, limits) : checkedPath(text, name.length, limits),
    };
  });
  return { entries, foreign };
}

/** Files that share bytes let a small archive unpack to any size; each must lie between its header and the next one. */
function refuseOverlaps(entries: ArchiveEntry[], directory: number): void {
  const inOrder = [...entries].sort((a, b) => b.start - a.start);
  let end = directory;
  for (const entry of inOrder) {
    if (entry.start + HEADER + entry.name.length + entry.packed > end) throw new FormatError('overlap', [entry.path]);
    entry.end = end;
    end = entry.start;
  }
}

function refuseBombs(entries: ArchiveEntry[], length: number, limits: ArchiveLimits): void {
  let total = 0;
  for (const { size, packed } of entries) {
    total += size;
    if (size > (packed + 64) * limits.deflate) throw new FormatError('bomb');
  }
  if (total > limits.total || (total > limits.harmless && total > length * limits.ratio)) {
    throw new FormatError('bomb');
  }
}

async function read(file: Blob, from: number, to: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(from, to).arrayBuffer();
  } catch (cause) {
    // The file was moved or changed since it was chosen.
    throw new FormatError('unreadable', [], { cause });
  }
}
