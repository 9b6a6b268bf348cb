// Reads lists of image addresses from .txt, .csv, .tsv and JSON lines.
import { cellsAt, firstLine, firstLines, header, linesOf, unquoted } from '../../formats/csv/read';

export const LIST_LIMITS = {
  characters: 20_000_000,
  lines: 1_000_000,
  rows: 50_000,
  url: 8192,
  jsonRow: 100_000,
} as const;

export interface ListedUrl {
  url: string;
  /** Undefined when the file has no label column: the list then belongs to one label. */
  label?: string;
}

export interface UrlList {
  rows: ListedUrl[];
  blank: number;
  /** The same address under the same label, met again. */
  duplicates: number;
  /** Rows without an http(s) address. */
  refused: number;
  /** The file went on after `LIST_LIMITS`; nothing beyond them was read. */
  truncated: boolean;
}

const URL_NAMES = ['url', 'urls', 'image_url', 'imageurl', 'image', 'src', 'link', 'address', 'href'];
const LABEL_NAMES = ['label', 'class', 'category', 'folder', 'name'];

/**
 * Reads a list of addresses in whatever of the four formats its text is in. Every row is judged for itself: a bad one is
 * counted and the next is read. Time is linear in the text, whatever stands in it.
 */
export function parseUrlList(text: string): UrlList {
  const list: UrlList = {
    rows: [],
    blank: 0,
    duplicates: 0,
    refused: 0,
    truncated: text.length > LIST_LIMITS.characters,
  };
  const cut = text.slice(0, LIST_LIMITS.characters).replace(/^\uFEFF/, '');
  const whole = (cut.includes('\r') ? cut.replace(/\r\n?/g, '\n') : cut).replace(/\n$/, '');
  const body = firstLines(whole, LIST_LIMITS.lines);
  list.truncated ||= body.length < whole.length;
  const known = new Set<string>();
  for (const row of records(body)) {
    if (list.rows.length >= LIST_LIMITS.rows) {
      list.truncated = true;
      break;
    }
    if (row === 'blank') list.blank++;
    else add(list, known, row);
  }
  return list;
}

function add(list: UrlList, known: Set<string>, row: { url: string; label: string | undefined }): void {
  const href = hrefOf(row.url);
  if (href === undefined) {
    list.refused++;
    return;
  }
  const label = row.label?.trim() || undefined;
  const key = label === undefined ? href : `${href}\n${label}`;
  if (known.has(key)) list.duplicates++;
  else {
    known.add(key);
    list.rows.push(label === undefined ? { url: href } : { url: href, label });
  }
}

function hrefOf(address: string): string | undefined {
  if (address.length > LIST_LIMITS.url || !/^https?:\/\//i.test(address)) return undefined;
  try {
    // Asking first whether it can be parsed would parse it twice.
    return new URL(address).href;
  } catch {
    return undefined;
  }
}

type Row = 'blank' | { url: string; label: string | undefined };

function records(body: string): Generator<Row> {
  return /^\s*\{/.test(body) ? jsonLines(body) : table(body);
}

function* jsonLines(body: string): Generator<Row> {
  let broken = 0;
  for (const line of linesOf(body)) {
    const row = line.trim();
    if (row === '') yield 'blank';
    else {
      // Making an error takes as long as reading a page of rows; what holds this many is no list of JSON lines.
      const value = broken < LIST_LIMITS.rows ? jsonRow(row) : undefined;
      if (value === undefined) broken++;
      yield value ?? { url: '', label: undefined };
    }
  }
}

/** Undefined for a line that is no JSON, or holds neither an object nor an address. */
function jsonRow(line: string): Row | undefined {
  // A longer one holds something else, and parsing millions of brackets takes gigabytes.
  if (line.length > LIST_LIMITS.jsonRow || !/^["{]/.test(line)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return { url: value, label: undefined };
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const named = (names: string[]) => fields.find(([name]) => names.includes(name.toLowerCase()))?.[1];
  return { url: named(URL_NAMES) ?? '', label: named(LABEL_NAMES) };
}

/** A table, or plain lines: addresses hold commas and semicolons unquoted, so only a header or a label on every line makes a table. */
function* table(body: string): Generator<Row> {
  const delimiter = delimiterOf(body);
  const columns = columnsOf(firstLine(body), delimiter ?? ',');
  if (delimiter === undefined && columns === undefined) {
    for (const line of linesOf(body)) {
      const plain = line.trim();
      yield plain === '' ? 'blank' : { url: unquoted(plain), label: undefined };
    }
    return;
  }
  let headed = columns !== undefined;
  for (let at = 0; at < body.length; ) {
    const { cells, next } = cellsAt(body, at, delimiter ?? ',');
    at = next;
    if (cells.every(cell => cell.trim() === '')) yield 'blank';
    else if (headed) headed = false;
    else {
      // Without a header the address is the cell that looks like one, and the label the other of two.
      const url = columns?.url ?? cells.findIndex(cell => /^\s*https?:\/\//i.test(cell));
      const beside = columns ? columns.label : cells.length === 2 && url >= 0 ? 1 - url : -1;
      yield { url: (cells[url] ?? '').trim(), label: cells[beside] };
    }
  }
}

/** The delimiter every line has, beside a header or a cell that is no part of an address; undefined for plain lines. */
function delimiterOf(body: string): string | undefined {
  const first = firstLine(body);
  if (first === '') return undefined;
  return ['\t', ',', ';'].find(delimiter => {
    if (first.includes(delimiter) && columnsOf(first, delimiter)) return true;
    const beside = new RegExp(`${delimiter}[^,;/?=&.%\\t]+$|${delimiter}"|"${delimiter}|^[^/]*${delimiter}`);
    for (const line of linesOf(body)) {
      if (line.trim() === '') continue;
      if (!line.includes(delimiter) || (delimiter !== '\t' && !beside.test(line))) return false;
    }
    return true;
  });
}

function columnsOf(line: string, delimiter: string): { url: number; label: number } | undefined {
  const names = header(line, delimiter);
  const url = names.findIndex(name => URL_NAMES.includes(name));
  return url < 0 ? undefined : { url, label: names.findIndex(name => LABEL_NAMES.includes(name)) };
}
