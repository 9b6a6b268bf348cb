// What a reader takes at most: one word for both sides, so that nothing is ever written which no reader opens.
import { MOST_PIECES, PIECE_ROWS, type TableName } from './format';
import { checkBounds, type JsonBounds } from './json-bounds';
import { refuse } from './shape';

/** Bytes: of the manifest; of all tables and numbers together where nothing speaks for them; and of one of them at the most. */
export const LIMITS = { manifest: 16_000_000, unproved: 16_000_000, piece: 64_000_000, numbers: 200_000_000 };
/** More than a project keeps; each may have a hundred megabytes of numbers. A reader takes the first ones of a file that has more. */
export const MOST_MODELS = 50;

export const MANIFEST_BOUNDS: JsonBounds = { depth: 4, members: 100, items: MOST_PIECES, values: 10 * MOST_PIECES };
const ROW_BOUNDS: JsonBounds = { depth: 4, members: 100, items: 10_000, values: 12_000 };
/** A model's row holds lists of a million verdicts, which are objects of few values each. */
const MODEL_BOUNDS: JsonBounds = { depth: 8, members: 5000, items: 1_000_000, values: 8_000_000 };
/** Bytes of one row: four addresses of 8192 characters, a few texts, and the ids of all labels. */
const LONGEST_ROW = 1_000_000;

/** Of the rows of one piece, one after the other: whether they may stand in it. */
export class PieceBounds {
  readonly #model: boolean;
  /** How names were seen to follow each other in the rows so far. */
  readonly #orders = new Set<number>();
  #rows = 0;
  #bytes = 0;
  #numbers = 0;

  constructor(readonly table: TableName) {
    this.#model = table === 'models';
  }

  /** The most bytes of one line. */
  get longest(): number {
    return this.#model ? LIMITS.piece : LONGEST_ROW;
  }

  /** Throws `backup_field` where what is in a line would cost more to read than it may. */
  check(line: Uint8Array, at: string): void {
    if (line.length > this.longest) refuse(at);
    checkBounds(line, this.#model ? MODEL_BOUNDS : ROW_BOUNDS, at, this.#orders);
  }

  /**
   * Whether the piece has room for one more line, which is counted then. Whoever hears no begins another piece.
   * @param line  without its line break
   * @param numbers  bytes beside it
   */
  takes(line: Uint8Array, numbers: number): boolean {
    const full =
      this.#rows === (this.#model ? 1 : PIECE_ROWS) ||
      this.#bytes + line.length + 1 > LIMITS.piece ||
      this.#numbers + numbers > LIMITS.numbers;
    if (full) return false;
    try {
      this.check(line, this.table);
    } catch {
      return false;
    }
    this.#rows++;
    this.#bytes += line.length + 1;
    this.#numbers += numbers;
    return true;
  }
}
