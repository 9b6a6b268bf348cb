// The tables of a backup, as pieces of so many rows that no reader needs much memory: lines of JSON, numbers beside them.
import { bytesOf, concatenated } from '../../formats/bytes';
import { sha256 } from '../../formats/sha256';
import type { ZipEntry } from '../../formats/zip/write';
import { type Manifest, numbersPath, piecePath, type TableName } from './format';
import { PieceBounds } from './limits';
import type { Shape } from './shape';

/** Rows of one table, and the numbers that lie beside each. */
export interface Rows<T = unknown> {
  table: TableName;
  shape: Shape<T>;
  rows: T[];
  numbers?: Float32Array[];
}

/** Writes rows as pieces that a reader takes, and remembers each with its hash. */
export class Tables {
  readonly pieces: Manifest['pieces'] = [];
  /** Written so far. */
  bytes = 0;
  #count: Partial<Record<TableName, number>> = {};

  /** @param onLeftOut  called once for each row that no reader would take, and that is therefore not written */
  constructor(readonly onLeftOut: (table: TableName) => void) {}

  async *write<T>({ table, shape, rows, numbers = [] }: Rows<T>): AsyncGenerator<ZipEntry> {
    let piece = new Draft(table);
    for (const [i, row] of rows.entries()) {
      const line = lineOf(row, shape);
      const beside = numbers[i] ? bytesOf(numbers[i]) : new Uint8Array();
      if (line && piece.add(line, beside)) continue;
      const next = new Draft(table);
      if (!line || !next.add(line, beside)) {
        this.onLeftOut(table);
        continue;
      }
      yield* this.#end(piece);
      piece = next;
    }
    yield* this.#end(piece);
  }

  async *#end({ table, lines, numbers: tensors }: Draft): AsyncGenerator<ZipEntry> {
    if (lines.length === 0) return;
    const index = this.#count[table] ?? 0;
    this.#count[table] = index + 1;
    const path = piecePath(table, index);
    const bytes = concatenated(lines.flatMap(line => [line, LINE_BREAK]));
    const numbers = concatenated(tensors);
    yield { path, bytes };
    if (numbers.length > 0) yield { path: numbersPath(path), bytes: numbers };
    this.bytes += bytes.length + numbers.length;
    this.pieces.push({
      table,
      path,
      rows: lines.length,
      sha256: await sha256(bytes),
      numbers: numbers.length > 0 ? await sha256(numbers) : '',
    });
  }
}

const LINE_BREAK = Uint8Array.of(0x0a);

/** A piece while it is filled. */
class Draft {
  readonly lines: Uint8Array[] = [];
  readonly numbers: Uint8Array[] = [];
  readonly #bounds: PieceBounds;

  constructor(readonly table: TableName) {
    this.#bounds = new PieceBounds(table);
  }

  /** False where the piece takes no more, or no such line at all. */
  add(line: Uint8Array, numbers: Uint8Array): boolean {
    if (!this.#bounds.takes(line, numbers.length)) return false;
    this.lines.push(line);
    this.numbers.push(numbers);
    return true;
  }
}

/** The row as it is written; undefined where no reader would take it. */
function lineOf<T>(row: T, shape: Shape<T>): Uint8Array | undefined {
  try {
    return new TextEncoder().encode(JSON.stringify(shape(row, '')));
  } catch {
    return undefined;
  }
}
