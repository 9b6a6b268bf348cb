// Reads lists of image addresses from .txt, .csv, .tsv and JSON lines.
export const LIST_LIMITS = { characters: 20_000_000, rows: 50_000, url: 8192 } as const;

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
 * counted and the next is read.
 */
export function parseUrlList(text: string): UrlList {
  const list: UrlList = {
    rows: [],
    blank: 0,
    duplicates: 0,
    refused: 0,
    truncated: text.length > LIST_LIMITS.characters,
  };
  const body = text
    .slice(0, LIST_LIMITS.characters)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '');
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
  if (row.url.length > LIST_LIMITS.url || !/^https?:\/\//i.test(row.url) || !URL.canParse(row.url)) {
    list.refused++;
    return;
  }
  const address = new URL(row.url);
  const label = row.label?.trim() || undefined;
  const key = `${label ?? ''}\n${address.href}`;
  if (known.has(key)) list.duplicates++;
  else {
    known.add(key);
    list.rows.push(label === undefined ? { url: address.href } : { url: address.href, label });
  }
}

type Row = 'blank' | { url: string; label: string | undefined };

function* records(body: string): Generator<Row> {
  const start = body.trimStart();
  if (start.startsWith('{')) yield* jsonLines(body);
  else yield* table(body);
}

function* jsonLines(body: string): Generator<Row> {
  for (const line of body.split('\n')) {
    if (line.trim() === '') yield 'blank';
    else yield jsonRow(line);
  }
}

function jsonRow(line: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { url: '', label: undefined };
  }
  if (typeof value === 'string') return { url: value, label: undefined };
  if (typeof value !== 'object' || value === null) return { url: '', label: undefined };
  const fields = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const named = (names: string[]) => fields.find(([name]) => names.includes(name.toLowerCase()))?.[1];
  return { url: named(URL_NAMES) ?? '', label: named(LABEL_NAMES) };
}

/** A table, or plain lines: addresses hold commas and semicolons unquoted, so only a header or a label on every line makes a table. */
function* table(body: string): Generator<Row> {
  const lines = body.split('\n').filter(line => line.trim() !== '');
  const delimiter = delimiterOf(lines);
  const columns = header(quotedRow(lines[0] ?? '', 0, delimiter ?? ',')[0]);
  if (delimiter === undefined && columns === undefined) {
    for (const line of body.split('\n')) {
      yield line.trim() === '' ? 'blank' : { url: unquoted(line.trim()), label: undefined };
    }
    return;
  }
  let first = true;
  for (const cells of cellRows(body, delimiter ?? ',')) {
    if (cells.every(cell => cell.trim() === '')) yield 'blank';
    else if (!first || !columns) {
      // Without a header the address is the cell that looks like one, and the label the other of two.
      const at = columns?.url ?? cells.findIndex(cell => /^\s*https?:\/\//i.test(cell));
      const beside = columns ? columns.label : cells.length === 2 && at >= 0 ? 1 - at : -1;
      yield { url: (cells[at] ?? '').trim(), label: cells[beside] };
      first = false;
    } else first = false;
  }
}

/** The delimiter every line has, beside a header or a cell that is no part of an address; undefined for plain lines. */
function delimiterOf(lines: string[]): string | undefined {
  return ['\t', ',', ';'].find(delimiter => {
    if (lines.length === 0) return false;
    if (header(quotedRow(lines[0] ?? '', 0, delimiter)[0]) && lines[0]?.includes(delimiter)) return true;
    const beside = new RegExp(`${delimiter}[^,;/?=&.%\\t]+$|${delimiter}"|"${delimiter}|^[^/]*${delimiter}`);
    return lines.every(line => line.includes(delimiter) && (delimiter === '\t' || beside.test(line)));
  });
}

function unquoted(line: string): string {
  return quotedRow(line, 0, '\n')[0][0] ?? '';
}

function header(cells: string[]): { url: number; label: number } | undefined {
  const names = cells.map(cell =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const url = names.findIndex(name => URL_NAMES.includes(name));
  return url < 0 ? undefined : { url, label: names.findIndex(name => LABEL_NAMES.includes(name)) };
}

/** Rows of RFC 4180. */
function* cellRows(body: string, delimiter: string): Generator<string[]> {
  for (let at = 0; at < body.length; ) {
    const [cells, next] = quotedRow(body, at, delimiter);
    yield cells;
    at = next;
  }
}

function quotedRow(body: string, start: number, delimiter: string): [cells: string[], next: number] {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let cell: string;
    if (body[at] === '"') [cell, at] = quotedCell(body, at + 1);
    else {
      const stop = Math.min(lineEnd(body, at), indexFrom(body, delimiter, at));
      cell = body.slice(at, stop);
      at = stop;
    }
    cells.push(cell);
    // Whatever follows a closing quote belongs to no cell.
    at = Math.min(lineEnd(body, at), indexFrom(body, delimiter, at));
    if (body[at] !== delimiter) return [cells, at + 1];
    at++;
  }
}

function quotedCell(body: string, start: number): [cell: string, next: number] {
  let cell = '';
  let at = start;
  for (;;) {
    const quote = indexFrom(body, '"', at);
    cell += body.slice(at, quote);
    at = quote + 1;
    if (body[at] !== '"') return [cell, Math.min(at, body.length)];
    cell += '"';
    at++;
  }
}

function lineEnd(body: string, from: number): number {
  return indexFrom(body, '\n', from);
}

function indexFrom(body: string, what: string, from: number): number {
  const at = body.indexOf(what, from);
  return at < 0 ? body.length : at;
}
