// CSV that every reader agrees on (RFC 4180), with cells that no spreadsheet takes for a formula.

/**
 * One line of CSV, ended by CRLF. A cell that begins with `= + - @` (or their full-width forms), tab or return gets an
 * apostrophe in front, because spreadsheets would run it (CWE-1236), and titles and queries are words of strangers; quoting
 * alone does not stop them. Programs lose nothing they need by it: addresses, hashes, paths and times never begin so, which
 * leaves what img2dataset fetches as it is; a label that does is written alike in every table and in the dataset card.
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
    const file = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      file.set(piece, at);
      at += piece.length;
    }
    return file;
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
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text a neutralised cell holds; NUL is dropped because many readers end the cell there. */
export function neutral(text: string): string {
  const clean = text.replaceAll('\0', '');
  return /^[=+\-@\t\r\n＝＋－＠]/.test(clean) ? `'${clean}` : clean;
}
