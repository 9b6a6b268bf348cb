// CSV that every reader agrees on (RFC 4180), with cells that no spreadsheet takes for a formula.
import { concatenated } from '../bytes';

/**
 * One line of CSV, ended by CRLF. A cell that begins with `= + - @` (or their full-width forms), tab or return gets an
 * apostrophe in front, because spreadsheets would run it (CWE-1236), and titles and queries are words of strangers; quoting
 * alone does not stop them. So does such a sign behind a semicolon, tab or line break within a cell: where numbers have a
 * decimal comma, spreadsheets part the line at semicolons, and quotes in the middle of it are no quotes to them. Programs lose
 * nothing they need by it: hashes, paths and times hold none of this, and in an address, which img2dataset must be able to
 * fetch, the sign is written as its percent code; a label that does stands as it is in labels.json.
 * Numbers are written as they are.
 */
export function csvLine(cells: (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A table that grows line by line. It is kept as bytes, so that a long one is not there three times when it is written. */
export class CsvTable {
  #pieces: Uint8Array[] = [];
  #lines: string[] = [];

  add(cells: (string | number | undefined)[]): void {
    this.#lines.push(csvLine(cells));
    if (this.#lines.length >= LINES_A_PIECE) this.#encode();
  }

  /** The file in UTF-8. */
  bytes(): Uint8Array<ArrayBuffer> {
    this.#encode();
    return concatenated(this.#pieces);
  }

  #encode(): void {
    if (this.#lines.length > 0) this.#pieces.push(new TextEncoder().encode(this.#lines.join('')));
    this.#lines = [];
  }
}
const LINES_A_PIECE = 500;

function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = neutral(cell);
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Where a reader that parts at semicolons or tabs would see a formula begin; quotes before it, it may take for its own. */
const FORMULA_WITHIN = /([;\t\r\n]"*)([=+\-@＝＋－＠])/g;
const ADDRESS = /^https?:\/\//i;

/** The text a neutralised cell holds; NUL is dropped because many readers end the cell there. */
export function neutral(text: string): string {
  const clean = text.replaceAll('\0', '');
  if (ADDRESS.test(clean)) return clean.replace(FORMULA_WITHIN, (_all, before, sign) => before + percentCode(sign));
  const within = clean.replace(FORMULA_WITHIN, "$1'$2");
  return /^[=+\-@\t\r\n＝＋－＠]/.test(within) ? `'${within}` : within;
}

function percentCode(sign: string): string {
  return sign === '-' ? '%2D' : encodeURIComponent(sign);
}
