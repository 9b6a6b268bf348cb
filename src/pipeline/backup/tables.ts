// The tables of a backup, as pieces of so many rows that no reader needs much memory: lines of JSON, numbers beside them.
import { bytesOf, concatenated } from '../../formats/bytes';
import { sha256 } from '../../formats/sha256';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { type Manifest, numbersPath, PIECE_ROWS, piecePath, type TableName } from './format';
import type { Shape } from './shape';

/** Writes rows as pieces and remembers each with its hash. */
export class Tables {
  readonly pieces: Manifest['pieces'] = [];
  #count: Partial<Record<TableName, number>> = {};

  async *write<T>(
    table: TableName,
    shape: Shape<T>,
    rows: T[],
    tensors: Float32Array[] = [],
  ): AsyncGenerator<ZipEntry> {
    for (let at = 0; at < rows.length; at += PIECE_ROWS) {
      // Numbers lie beside their rows, of which none may be missing then; they are rows of our own making.
      const keep = (row: T) => tensors.length > 0 || fits(row, shape);
      const batch = rows.slice(at, at + PIECE_ROWS).filter(keep);
      if (batch.length === 0) continue;
      const index = this.#count[table] ?? 0;
      this.#count[table] = index + 1;
      const path = piecePath(table, index);
      const lines = batch.map(row => `${JSON.stringify(shape(row, table))}\n`);
      const entry = textEntry(path, lines.join(''));
      const numbers = concatenated(tensors.map(bytesOf));
      yield entry;
      if (numbers.length > 0) yield { path: numbersPath(path), bytes: numbers };
      this.pieces.push({
        table,
        path,
        rows: batch.length,
        sha256: await sha256(entry.bytes),
        numbers: numbers.length > 0 ? await sha256(numbers) : '',
      });
    }
  }
}

/** Whether a reader would take this row. */
export function fits<T>(row: T, shape: Shape<T>): boolean {
  try {
    shape(row, '');
    return true;
  } catch {
    return false;
  }
}
