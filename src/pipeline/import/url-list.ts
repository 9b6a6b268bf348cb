// Reads lists of image addresses as people have them: lines, tables of any dialect, JSON, and says what it took them for.
import { MAX_ADDRESS_LENGTH } from '../../contract/candidate';
import { firstLines } from '../../formats/csv/read';
import type { Delimiter } from './address-ends';
import { addressesIn, addressOf } from './address-text';
import { type Column, type ColumnChoice, type ColumnDoubt, findColumns } from './columns';
import { dialectOf, rowsOf } from './delimited';
import { jsonTable } from './json-table';
import { addressLines, LINE_ABOVE, LINE_ADDRESS } from './list-lines';

export const LIST_LIMITS = {
  characters: 20_000_000,
  lines: 1_000_000,
  rows: 50_000,
  url: MAX_ADDRESS_LENGTH,
  jsonRow: 100_000,
} as const;

export interface ListedUrl {
  url: string;
  /** Undefined when the file has no label column: the list then belongs to one label. */
  label?: string;
}

/** What a person may say of a list; whatever is absent is found out. */
export interface ListChoice extends ColumnChoice {
  /** The sign between cells; 'none' for lines that are whole addresses. */
  delimiter?: Delimiter | 'none';
}

export interface UrlList {
  rows: ListedUrl[];
  blank: number;
  /** An address met again under one label. */
  duplicates: number;
  /** Rows without an http(s) address. */
  refused: number;
  /** The file went on after `LIST_LIMITS`; nothing beyond them was read. */
  truncated: boolean;
  /** What the file was taken for. */
  shape: 'lines' | 'table' | 'json';
  delimiter?: Delimiter;
  /** Of lines, what stands before, in and behind the address and above it; some may be empty. */
  columns: Column[];
  /** Besides those of the columns: what parts the cells, and lines above the addresses that were taken for their labels. */
  doubts: (ColumnDoubt | 'delimiter' | 'headings')[];
}

/** Rows of cells that can be gone through more than once. */
export interface RowTable {
  names: string[];
  rows(): Iterable<readonly string[] | 'blank' | 'broken'>;
  truncated?: boolean;
}

/**
 * Reads a list of addresses in whatever format its text is in. Every row is judged for itself: a bad one is counted and the next
 * is read. Time is linear in the text, whatever stands in it.
 */
export function parseUrlList(text: string, choice: ListChoice = {}): UrlList {
  const cut = text.slice(0, LIST_LIMITS.characters).replace(/^\uFEFF/, '');
  const whole = (cut.includes('\r') ? cut.replace(/\r\n?/g, '\n') : cut).replace(/\n$/, '');
  const body = firstLines(whole, LIST_LIMITS.lines);
  const truncated = text.length > LIST_LIMITS.characters || body.length < whole.length;
  const { table, ...kind } = tableOf(body, choice);
  const plain = function* () {
    for (const row of table.rows()) if (typeof row !== 'string') yield row;
  };
  // However much else stands between them, the addresses of lines are known.
  const found = findColumns(table.names, plain, kind.shape === 'lines' ? { address: LINE_ADDRESS, ...choice } : choice);
  const headed = kind.shape === 'lines' && found.label === LINE_ABOVE && choice.label === undefined;
  const list: UrlList = {
    rows: [],
    blank: 0,
    duplicates: 0,
    refused: 0,
    truncated: truncated || table.truncated === true,
    shape: kind.shape,
    ...(kind.delimiter && { delimiter: kind.delimiter }),
    columns: found.columns,
    doubts: [
      ...found.doubts,
      ...(kind.doubt ? (['delimiter'] as const) : []),
      ...(headed ? (['headings'] as const) : []),
    ],
  };
  // Among JSON objects an address may stand by itself.
  const bare = kind.shape === 'json' ? table.names.indexOf('') : -1;
  const known = new Set<string>();
  for (const row of table.rows()) {
    if (list.rows.length >= LIST_LIMITS.rows) {
      list.truncated = true;
      break;
    }
    if (row === 'blank') list.blank++;
    else if (row === 'broken' || found.address < 0) list.refused++;
    else add(list, known, row[found.address] || (row[bare] ?? ''), row[found.label]);
  }
  return list;
}

interface Kind {
  table: RowTable;
  shape: UrlList['shape'];
  delimiter?: Delimiter;
  doubt?: boolean;
}

function tableOf(body: string, { delimiter }: ListChoice): Kind {
  const json = delimiter === undefined ? jsonTable(body) : undefined;
  if (json) return { table: json, shape: 'json' };
  // A list as Python or a script writes it is no row of cells.
  const inBrackets = delimiter === undefined && /^\s*[[({]\s*['"]/.test(body);
  const dialect = delimiter === 'none' || inBrackets ? undefined : dialectOf(body, delimiter);
  if (!dialect) return { table: { names: ['', '', '', ''], rows: () => addressLines(body) }, shape: 'lines' };
  const names = dialect.header ?? Array.from({ length: dialect.width }, () => '');
  const table = { names, rows: () => rowsOf(body, dialect) };
  return { table, shape: 'table', delimiter: dialect.delimiter as Delimiter, doubt: dialect.doubt };
}

function add(list: UrlList, known: Set<string>, cell: string, name: string | undefined): void {
  const addresses = addressesIn(cell).map(addressOf);
  if (addresses.length === 0) list.refused++;
  const label = name?.trim() || undefined;
  for (const href of addresses) {
    const key = label === undefined ? href : `${href}\n${label}`;
    // A letter that could not be read would make one name of two.
    if (href === undefined || key === undefined || label?.includes('\uFFFD')) list.refused++;
    else if (known.has(key)) list.duplicates++;
    else if (list.rows.length < LIST_LIMITS.rows) {
      known.add(key);
      list.rows.push(label === undefined ? { url: href } : { url: href, label });
    } else list.truncated = true;
  }
}
