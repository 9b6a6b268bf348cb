// Takes a text apart into lines and a table's row into cells (RFC 4180), each character looked at a fixed number of times.

/** Characters of a quoted cell that are kept: far more than an address or a name may have, so what is cut is refused all the same. */
const LONGEST_CELL = 100_000;

/** The text up to the end of so many lines. */
export function firstLines(body: string, most: number): string {
  let end = -1;
  for (let line = 0; line < most; line++) {
    end = body.indexOf('\n', end + 1);
    if (end < 0) return body;
  }
  return body.slice(0, end);
}

/** The lines without their ends, one after the other. */
export function* linesOf(body: string): Generator<string> {
  for (let at = 0; at <= body.length; ) {
    const end = indexFrom(body, '\n', at);
    yield body.slice(at, end);
    at = end + 1;
  }
}

/** The row that begins at `at`, and where the next one begins. A quoted cell may hold line breaks. */
export function cellsAt(body: string, at: number, delimiter: string): { cells: string[]; next: number } {
  const cells: string[] = [];
  // Looked for once a line: a search for a delimiter that does not come again would run to the end of the text.
  let end = indexFrom(body, '\n', at);
  for (let start = at; ; ) {
    // Some writers put a blank between delimiter and quote.
    let inner = start;
    while (body[inner] === ' ') inner++;
    if (body[inner] === '"') {
      start = inner;
      const { cell, next } = quotedCell(body, start + 1);
      cells.push(cell);
      start = next;
      if (start > end) end = indexFrom(body, '\n', start);
      // Whatever follows a closing quote belongs to no cell.
      start = stopAt(body, delimiter, start, end);
    } else {
      const stop = stopAt(body, delimiter, start, end);
      cells.push(body.slice(start, stop));
      start = stop;
    }
    if (start >= end) return { cells, next: end + 1 };
    start++;
  }
}

/** A line that may stand in quotes as a whole. */
export function unquoted(line: string): string {
  return line.startsWith('"') ? quotedCell(line, 1).cell : line;
}

/** Where the delimiter stands between `from` and `end`, or `end`. */
function stopAt(body: string, delimiter: string, from: number, end: number): number {
  for (let at = from; at < end; at++) if (body[at] === delimiter) return at;
  return end;
}

function quotedCell(body: string, start: number): { cell: string; next: number } {
  let quote = indexFrom(body, '"', start);
  while (body[quote + 1] === '"') quote = indexFrom(body, '"', quote + 2);
  const cell = body.slice(start, Math.min(quote, start + LONGEST_CELL));
  return { cell: cell.replaceAll('""', '"'), next: Math.min(quote + 1, body.length) };
}

function indexFrom(body: string, what: string, from: number): number {
  const at = body.indexOf(what, from);
  return at < 0 ? body.length : at;
}
