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
  manifestShape,
  numbersPath,
  type Piece,
} from './format';
import { checkBounds } from './json-bounds';
import { LIMITS, MANIFEST_BOUNDS, PieceBounds } from './limits';
import { refuse, type Shape } from './shape';

/** What is larger must fill at least this part of its size in the zip. Here files are not packed at all, elsewhere to a tenth. */
const PACKED = 40;

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
  const bounds = new PieceBounds(piece.table);
  return linesOf(bytes, piece, bounds.longest).map(line => {
    bounds.check(line, piece.path);
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
function linesOf(bytes: Uint8Array, { path, rows }: Piece, longest: number): Uint8Array[] {
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
