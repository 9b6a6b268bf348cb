// Zips whose bytes follow from the files alone: names in one order, one date, and a compressor that is the same everywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import JSZip from 'jszip';

export interface PackedFile {
  /** With slashes. */
  path: string;
  bytes: Uint8Array;
}

/** The first that a zip can name. */
const DATE = new Date(Date.UTC(1980, 0, 1));

/** Deflated by JSZip, whose compressor is part of this project's packages: that of Node differs from version to version. */
export function zipped(files: readonly PackedFile[]): Promise<Uint8Array> {
  const zip = new JSZip();
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, bytes } of sorted) zip.file(path, bytes, { date: DATE, createFolders: false });
  if (Object.keys(zip.files).length !== files.length) throw new Error('two files of one name');
  return zip.generateAsync({
    type: 'uint8array',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
    platform: 'DOS',
  });
}

/** The files of a folder and of those in it, all of them unless `names` says which. */
export function filesOf(folder: string, names?: readonly string[]): PackedFile[] {
  return (names ?? namesIn(folder)).map(path => ({ path, bytes: readFileSync(join(folder, path)) }));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map(path => path.split(sep).join('/'));
}
