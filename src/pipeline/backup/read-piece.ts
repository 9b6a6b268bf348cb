// Reads the manifest and one piece of a table from a zip that may come from anybody, at a cost that is known before.

import { GleanerError } from '../../contract/error';
import { sha256 } from '../../formats/sha256';
import type { Archive } from '../../formats/zip/directory';
import type { ArchiveEntry } from '../../formats/zip/read-entry';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  MANIFEST_PATH,
  type Manifest,
  MOST_PIECES,
  manifestShape,
  numbersPath,
  type Piece,
} from './format';
import { checkBounds, type JsonBounds } from './json-bounds';
import { refuse, type Shape } from './shape';

/** Bytes: of the manifest; of all tables and numbers together where nothing speaks for them; and of one of them at the most. */
const LIMITS = { manifest: 16_000_000, unproved: 16_000_000, piece: 64_000_000, numbers: 200_000_000 };
/** What is larger must fill at least this part of its size in the zip. Here files are not packed at all, elsewhere to a tenth. */
const PACKED = 40;

const MANIFEST_BOUNDS: JsonBounds = { depth: 4, members: 100, items: MOST_PIECES, values: 10 * MOST_PIECES };
const ROW_BOUNDS: JsonBounds = { depth: 4, members: 100, items: 10_000, values: 12_000 };
/** A model's row holds lists of a million verdicts, which are objects of few values each. */
const MODEL_BOUNDS: JsonBounds = { depth: 8, members: 5000, items: 1_000_000, values: 8_000_000 };
/** Bytes of one row: four addresses of 8192 characters, a few texts, and the ids of all labels. */
const LONGEST_ROW = 1_000_000;

/**
 * The manifest and the hash of its text: two equal hashes mean two equal backups. Throws `backup_unknown`, `backup_newer`,
 * `backup_field`, `zip_bomb` for tables that come from next to nothing, or what the archive's `read` throws.
 */
export async function readManifest(archive: Archive): Promise<{ manifest: Manifest; hash: string }> {
  const entry = archive.byPath.get(MANIFEST_PATH);
  if (!entry || entry.size > LIMITS.manifest) throw new GleanerError('backup_unknown');
  const bytes = await archive.read(entry);
  checkBounds(bytes, MANIFEST_BOUNDS, MANIFEST_PATH);
  const value = parse(bytes, MANIFEST_PATH);
  const { format, version } = (value ?? {}) as Partial<Manifest>;
  if (format !== BACKUP_FORMAT) throw new GleanerError('backup_unknown');
  if (Number.isInteger(version) && Number(version) > BACKUP_VERSION) throw new GleanerError('backup_newer');
  const manifest = manifestShape(value, MANIFEST_PATH);
  const paths = new Set<string>();
  for (const { path, table } of manifest.pieces) {
    if (paths.has(path) || !path.startsWith(`${table}/`)) refuse(path);
    paths.add(path).add(numbersPath(path));
  }
  // One piece made of next to nothing is little; many of them are as much as a large one.
  refuseThinAir(archive.entries.filter(({ path }) => paths.has(path)));
  return { manifest, hash: await sha256(bytes) };
}

/** The rows of a piece, each checked. Throws `backup_incomplete`, `backup_field`, `zip_bomb`, or what the archive's `read` throws. */
export async function readRows<T>(archive: Archive, piece: Piece, shape: Shape<T>, signal: AbortSignal): Promise<T[]> {
  signal.throwIfAborted();
  const bytes = await readPart(archive, piece.path, piece.sha256, LIMITS.piece);
  const bounds = piece.table === 'models' ? MODEL_BOUNDS : ROW_BOUNDS;
  const orders = new Set<number>();
  return linesOf(bytes, piece).map(line => {
    checkBounds(line, bounds, piece.path, orders);
    return shape(parse(line, piece.path), piece.path);
  });
}

/** @param count  how many 32-bit floats must lie beside the rows of a piece */
export async function readNumbers(
  archive: Archive,
  piece: Piece,
  count: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  signal.throwIfAborted();
  const path = numbersPath(piece.path);
  if (archive.byPath.get(path)?.size !== count * 4) throw new GleanerError('backup_incomplete', [path]);
  const bytes = await readPart(archive, path, piece.numbers, LIMITS.numbers);
  return new Float32Array(bytes.buffer, bytes.byteOffset, count);
}

async function readPart(archive: Archive, path: string, hash: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const entry = archive.byPath.get(path);
  if (!entry || entry.size > most) throw new GleanerError('backup_incomplete', [path]);
  refuseThinAir([entry]);
  const bytes = await archive.read(entry);
  if ((await sha256(bytes)) !== hash) throw new GleanerError('backup_incomplete', [path]);
  return bytes;
}

function refuseThinAir(entries: ArchiveEntry[]): void {
  let [size, packed] = [0, 0];
  for (const entry of entries) {
    size += entry.size;
    packed += entry.packed;
  }
  if (size > LIMITS.unproved && size > packed * PACKED) throw new GleanerError('zip_bomb');
}

const LINE_BREAK = 0x0a;

/** The lines, each as its bytes; counted and measured before any is read. */
function linesOf(bytes: Uint8Array, { table, path, rows }: Piece): Uint8Array[] {
  const longest = table === 'models' ? LIMITS.piece : LONGEST_ROW;
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_BREAK); end >= 0; end = bytes.indexOf(LINE_BREAK, start)) {
    if (lines.length === rows || end - start > longest) refuse(path);
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines.length === rows && start === bytes.length ? lines : refuse(path);
}

function parse(text: Uint8Array, at: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return refuse(at);
  }
}
