// A text as JSON lines or as one JSON value, as rows of cells; undefined where it is neither.
import { linesOf } from '../../formats/csv/read';
import { plainRow, plainRows, withRows } from './json-columns';
import { RecordReader, tooManyContainers } from './json-records';
import { beginsAsPython, pythonAsJson } from './python-literals';
import type { RowTable } from './url-list';

const LONGEST_ROW = 100_000;
/** Making an error takes as long as reading a page of rows; what holds this many broken lines is no list of JSON lines. */
const MOST_BROKEN = 50_000;
/** Lines that are looked at to know whether each is a value of its own. */
const FIRST = 20;

export function jsonTable(body: string): RowTable | undefined {
  if (!/^\s*[[{"]/.test(body)) return undefined;
  if (holdsLines(body)) return jsonLines(body);
  // A text in quotes is a line or a cell like others.
  if (!/^\s*[[{]/.test(body) || tooManyContainers(body)) return undefined;
  const value = parsed(body);
  if (value === undefined) return undefined;
  const plain = plainRows(value);
  if (plain) return { names: plain.names, rows: () => plain.rows };
  const reader = new RecordReader();
  const rows = reader.rowsOf(withRows(value));
  return { names: reader.names, rows: () => rows, truncated: reader.full };
}

/** Whether lines are objects or lists of their own: one of the first is, and they are several. */
function holdsLines(body: string): boolean {
  let seen = 0;
  let sound = 0;
  for (const line of linesOf(body)) {
    const row = line.trim();
    if (row === '') continue;
    if (/^[{[]/.test(row) && typeof rowValue(row) === 'object') sound++;
    if (++seen >= FIRST) break;
  }
  // One line alone is read as a whole, which comes to the same and has no bound of a row.
  return sound > 0 && seen > 1 && sound * 2 >= Math.min(seen, 2);
}

function jsonLines(body: string): RowTable {
  const width = widthOfRows(body);
  if (width > 0) return { names: Array.from({ length: width }, () => ''), rows: () => rowLines(body) };
  // Once to know the columns; the rows themselves are read again, so that they need not all be kept.
  const reader = new RecordReader();
  const broken = new Set<number>();
  for (const _row of linesWith(body, reader, broken)) reader.rest();
  return { names: reader.names, rows: () => linesWith(body, new RecordReader(reader.names), broken) };
}

/** Cells of lines such as `["cat", "https://…"]`; 0 where the first ones are no such rows. */
function widthOfRows(body: string): number {
  const rows: unknown[] = [];
  for (const line of linesOf(body)) {
    if (line.trim() !== '' && rows.push(rowValue(line.trim())) >= FIRST) break;
  }
  return plainRows(rows)?.names.length ?? 0;
}

function* rowLines(body: string): Generator<readonly string[] | 'blank' | 'broken'> {
  for (const line of linesOf(body)) {
    const row = line.trim();
    yield row === '' ? 'blank' : (plainRow(rowValue(row)) ?? 'broken');
  }
}

/** @param broken  numbers of the lines that are known to be no JSON; grows */
function* linesWith(
  body: string,
  reader: RecordReader,
  broken: Set<number>,
): Generator<readonly string[] | 'blank' | 'broken'> {
  let number = 0;
  let last = broken.size >= MOST_BROKEN ? Math.max(0, ...[...broken].slice(-1)) : Number.POSITIVE_INFINITY;
  for (const line of linesOf(body)) {
    number++;
    const row = line.trim();
    if (row === '') {
      yield 'blank';
      continue;
    }
    const known = broken.has(number) || number > last;
    const value = known ? undefined : rowValue(row);
    if (value === undefined && !known && broken.add(number).size >= MOST_BROKEN) last = number;
    const rows = value === undefined ? [] : reader.rowsOf(value);
    reader.rest();
    if (rows.length === 0) yield 'broken';
    for (const each of rows) yield each;
  }
}

/** Undefined for a line that is no JSON, or one too long to be a row. */
function rowValue(row: string): unknown {
  // Parsing millions of brackets takes gigabytes.
  return row.length > LONGEST_ROW || !/^["{[]/.test(row) ? undefined : parsed(row);
}

function parsed(text: string): unknown {
  if (!beginsAsPython(text)) return parsedJson(text);
  const json = pythonAsJson(text);
  return json === undefined || tooManyContainers(json) ? undefined : parsedJson(json);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
