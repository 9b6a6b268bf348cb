// Whether lines are a table, by which sign its cells are parted, and whether a header stands above them.
import { cellsAt } from '../../formats/csv/read';
import { addressesEnd, type Delimiter, type SampledRow, withLastWords, withWholeImages } from './address-ends';
import { beginsAsAddress } from './address-text';
import { namesColumn } from './column-names';
import { MOST_COLUMNS } from './json-records';

export interface Dialect {
  delimiter: string;
  /** Names of the columns; undefined without a header. */
  header: string[] | undefined;
  /** Columns a row has; what is more belongs to the address. */
  width: number;
  /** Where the first row begins. */
  start: number;
  /** Without a header: addresses hold delimiters of their own. */
  joins: boolean;
  /** Without a header: of two cells now the one and now the other is the address. */
  swaps: boolean;
  /** Whether commas could as well be the addresses' own. */
  doubt: boolean;
}

const DELIMITERS: readonly Delimiter[] = ['\t', ';', '|', ','];
/** Rows that are looked at. */
const SAMPLE = 300;
/** Of the rows so many must agree. */
const MOST_ROWS = 0.8;

/** The dialect of a table; undefined for lines that are none. With `given` only that sign is tried, and believed. */
export function dialectOf(body: string, given?: Delimiter): Dialect | undefined {
  const told = /^sep=([\t,;|])\n/i.exec(body);
  const start = told?.[0].length ?? 0;
  const sign = given ?? (told?.[1] as Delimiter | undefined);
  let best: (Dialect & { score: number }) | undefined;
  for (const delimiter of sign ? [sign] : DELIMITERS) {
    const dialect = tryOut(body, start, delimiter, sign !== undefined);
    if (dialect && (!best || dialect.score > best.score)) best = dialect;
  }
  return best;
}

/** The cells of every row, an address put together again that held delimiters of its own; 'blank' for empty rows. */
export function* rowsOf(
  body: string,
  { delimiter, width, start, joins, swaps, header }: Dialect,
): Generator<string[] | 'blank'> {
  for (let at = start; at < body.length; ) {
    const { cells, next } = read(body, at, delimiter);
    at = next;
    if (cells.every(cell => cell.trim() === '')) yield 'blank';
    else if (cells.length > width && (header || joins)) yield rejoined(cells, delimiter, width);
    else if (swaps && beginsAsAddress(cells[1] ?? '')) yield [cells[1] ?? '', cells[0] ?? ''];
    else yield cells.slice(0, MOST_COLUMNS);
  }
}

function tryOut(
  body: string,
  start: number,
  delimiter: Delimiter,
  sure: boolean,
): (Dialect & { score: number }) | undefined {
  const sample: SampledRow[] = [];
  let second = body.length;
  for (let at = start; at < body.length && sample.length < SAMPLE; ) {
    const { cells, next } = read(body, at, delimiter);
    const line = body.slice(at, Math.min(next, at + 1000));
    at = next;
    if (cells.every(cell => cell.trim() === '')) continue;
    if (/^\s*#/.test(cells[0] ?? '') && cells.length === 1) continue;
    if (sample.length === 0) second = next;
    sample.push({ cells, quoted: line.includes(`${delimiter}"`) || line.includes(`"${delimiter}`) });
  }
  const [first, ...others] = sample;
  if (!first) return undefined;
  const names = first.cells.map(cell => cell.replace(/^\s*#/, '').trim());
  const headed = !first.cells.some(beginsAsAddress) && isHeader(names, others);
  if (headed) {
    const rows = others;
    const width = names.length;
    if (width < 2)
      return sure || namesColumn(names[0] ?? '')
        ? { delimiter, header: names, width, start: second, joins: false, swaps: false, doubt: false, score: 0.1 }
        : undefined;
    const fitting = rows.filter(({ cells }) => cells.length >= width || cells.length === width - 1).length;
    if (!sure && fitting < MOST_ROWS * rows.length) return undefined;
    return {
      delimiter,
      header: names.slice(0, MOST_COLUMNS),
      width,
      start: second,
      joins: false,
      swaps: false,
      doubt: false,
      score: 1 + width / 1000,
    };
  }
  const rows = withLastWords(
    sample.map(row => ({ ...row, cells: withWholeImages(row.cells, delimiter) })),
    delimiter,
  );
  const parted = rows.some(({ cells }, at) => cells.length < (sample[at]?.cells.length ?? 0));
  const several = rows.filter(
    ({ cells }) => cells.length > 1 && !(cells.length === 2 && cells[1]?.trim() === ''),
  ).length;
  if (!sure && (several < MOST_ROWS * rows.length || !rows.some(({ cells }) => cells.some(beginsAsAddress))))
    return undefined;
  const told = sure ? 'table' : addressesEnd(rows, delimiter);
  if (told === 'no') return undefined;
  const lead = Math.max(0, ...rows.map(({ cells }) => cells.findIndex(beginsAsAddress)));
  if (told === 'goes-on' && lead === 0) return undefined;
  const joins = parted || told === 'goes-on';
  const width = told === 'goes-on' ? lead + 1 : Math.max(...rows.map(({ cells }) => cells.length));
  return {
    delimiter,
    header: undefined,
    width: Math.min(width, MOST_COLUMNS),
    start,
    joins,
    swaps: width === 2 && lead === 1 && rows.some(({ cells }) => beginsAsAddress(cells[0] ?? '')),
    doubt: told === 'doubt',
    score: several / rows.length,
  };
}

/** A first line without an address is a header where the rows below have one, and have as many cells. */
function isHeader(names: readonly string[], others: readonly SampledRow[]): boolean {
  if (names.length === 1) return namesColumn(names[0] ?? '');
  if (names.some(name => name.length > 100)) return false;
  if (others.length === 0) return names.some(namesColumn);
  return (
    others.filter(({ cells }) => cells.some(cell => beginsAsAddress(cell) || /^\s*[[{(]\s*["']?https?:/i.test(cell)))
      .length *
      2 >=
    others.length
  );
}

/** A row with more cells than there are columns: what is too much stood in the address. */
function rejoined(cells: string[], delimiter: string, width: number): string[] {
  const at = cells.findIndex(beginsAsAddress);
  const over = cells.length - width;
  // Empty cells at the end of a row are none too many.
  if (at < 0 || cells.slice(width).every(cell => cell.trim() === '')) return cells.slice(0, width);
  return [...cells.slice(0, at), cells.slice(at, at + over + 1).join(delimiter), ...cells.slice(at + over + 1)];
}

/** The cells of a row; a semicolon that ends an HTML entity parts none. */
function read(body: string, at: number, delimiter: string): { cells: string[]; next: number } {
  const row = cellsAt(body, at, delimiter);
  if (delimiter !== ';' || !row.cells.some(cell => ENTITY.test(cell.slice(-12)))) return row;
  const cells: string[] = [];
  let open = false;
  for (const cell of row.cells) {
    if (open) cells.push(`${cells.pop()};${cell}`);
    else cells.push(cell);
    open = ENTITY.test(cell.slice(-12));
  }
  return { cells, next: row.next };
}

const ENTITY = /&(?:amp|quot|lt|gt|apos|#\d{1,6}|#x[\da-f]{1,5})$/i;
