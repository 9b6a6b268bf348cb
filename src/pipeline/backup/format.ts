// How a backup is laid out: the names in it and the manifest that says what must be there.
import type { ImageType } from '../../contract/sample';
import type { ProjectSettings } from '../../contract/settings';
import { id } from './fields';
import { settingsRow } from './settings-row';
import { list, object, oneOf, optional, text, truth, whole } from './shape';

export const BACKUP_FORMAT = 'gleaner-backup';
/** Goes up whenever an older Gleaner could misread a newer file. In the first one a model's probabilities stood in its row. */
export const BACKUP_VERSION = 2;
const VERSIONS = [1, BACKUP_VERSION] as const;
export const MANIFEST_PATH = 'backup.json';

/** Tables in the order they are written; each is cut into pieces of so many rows, one JSON object a line. */
const TABLES = ['labels', 'samples', 'features', 'harvests', 'jobs', 'models'] as const;
export type TableName = (typeof TABLES)[number];
export const PIECE_ROWS = 500;
/** As many files as a zip may hold. */
export const MOST_PIECES = 65_535;

export interface Piece {
  table: TableName;
  path: string;
  rows: number;
  /** Of the piece's bytes, and of the numbers beside it where the table has some. */
  sha256: string;
  numbers: string;
}

/**
 * Holds nothing that differs between two backups of the same project: no time, no program version. Because it holds the
 * hash of every piece, two equal manifests mean two equal backups.
 */
export interface Manifest {
  format: typeof BACKUP_FORMAT;
  version: (typeof VERSIONS)[number];
  /** From 1; a project above two gigabytes comes in several parts, each restored by itself, in any order. */
  part: number;
  last: boolean;
  settings: ProjectSettings;
  /** Id of the model that answers because the user chose it, in the part that holds it; missing where the newest does. */
  chosenModel?: string;
  pieces: Piece[];
}

export const manifestShape = object<Manifest>({
  format: oneOf([BACKUP_FORMAT]),
  version: oneOf(VERSIONS),
  part: whole(100_000),
  last: truth,
  settings: settingsRow,
  chosenModel: optional(id),
  pieces: list(
    object<Piece>({
      table: oneOf(TABLES),
      path: text(100, /^[a-z]+\/\d{5}\.jsonl$/),
      rows: whole(PIECE_ROWS),
      sha256: text(64),
      numbers: text(64),
    }),
    MOST_PIECES,
  ),
});

export function piecePath(table: TableName, index: number): string {
  return `${table}/${String(index).padStart(5, '0')}.jsonl`;
}

/** Where the numbers of a piece lie: 32-bit floats, little-endian, row after row. */
export function numbersPath(piece: string): string {
  return piece.replace(/\.jsonl$/, '.f32');
}

/** An image's bytes as they were downloaded. */
export function imagePath(sha256: string, type: ImageType): string {
  return `images/${sha256}.${type === 'jpeg' ? 'jpg' : type}`;
}
