// Whether lines are a table, by which sign its cells are parted, and whether a header stands above them.
import { cellsAt } from '../../formats/csv/read';
import { beginsAsAddress, namesImage } from './address-text';
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

export type Delimiter = '\t' | ',' | ';' | '|';
const DELIMITERS: readonly Delimiter[] = ['\t', ';', '|', ','];
/** A part of an address behind which the image's file ends. */
const IMAGE_END = /[^\s/]\.(?:jpe?g|png|webp|gif|avif|bmp)$/i;
const WORDS = /^\p{L}[\p{L}\p{M}\s_'-]*$/u;
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

interface Sample {
  cells: string[];
  /** Whether a cell stood in quotes. */
  quoted: boolean;
}

function tryOut(
  body: string,
  start: number,
  delimiter: Delimiter,
  sure: boolean,
): (Dialect & { score: number }) | undefined {
  const sample: Sample[] = [];
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

/** The cells with an address put together again that ends as an image's does only behind delimiters of its own. */
function withWholeImages(cells: string[], delimiter: string): string[] {
  const at = cells.findIndex(beginsAsAddress);
  if (at < 0 || namesImage(cells[at] ?? '')) return cells;
  const next = cells.findIndex((cell, i) => i > at && beginsAsAddress(cell));
  const end = cells.findLastIndex((cell, i) => i > at && (next < 0 || i < next) && IMAGE_END.test(cell.slice(-300)));
  return end < 0 ? cells : [...cells.slice(0, at), cells.slice(at, end + 1).join(delimiter), ...cells.slice(end + 1)];
}

/** Rows whose last cells are words, with all between the address and them given to the address; one word for all is its own. */
function withLastWords(rows: readonly Sample[], delimiter: string): readonly Sample[] {
  const ends = rows.flatMap(({ cells }) => {
    const at = cells.findIndex(beginsAsAddress);
    const last = cells.at(-1)?.trim() ?? '';
    return at >= 0 && cells.length > at + 2 && !namesImage(cells[at] ?? '') && WORDS.test(last) ? [last] : [];
  });
  if (ends.length < 0.9 * rows.length || new Set(ends).size < 2) return rows;
  return rows.map(row => {
    const at = row.cells.findIndex(beginsAsAddress);
    if (at < 0 || row.cells.length < at + 3 || row.cells.slice(at + 1).some(beginsAsAddress)) return row;
    const address = row.cells.slice(at, -1).join(delimiter);
    return { ...row, cells: [...row.cells.slice(0, at), address, ...row.cells.slice(-1)] };
  });
}

/** Whether what stands behind the addresses belongs to them or is a cell of its own; 'no' where the sign only stands in addresses. */
function addressesEnd(rows: readonly Sample[], delimiter: Delimiter): 'table' | 'goes-on' | 'doubt' | 'no' {
  if (delimiter === '\t') return 'table';
  const places = rows.map(({ cells }) => cells.findIndex(beginsAsAddress));
  const tails = rows.map(({ cells }, at) => ((places[at] ?? -1) < 0 ? [] : cells.slice((places[at] ?? 0) + 1)));
  const behind = tails.filter(tail => tail.some(cell => cell.trim() !== ''));
  if (behind.length === 0) return places.some(at => at > 0) ? 'table' : 'no';
  const share = (n: number) => n / behind.length;
  const quoted = rows.filter(row => row.quoted).length / rows.length;
  if (quoted > 0.5) return 'table';
  if (share(behind.filter(tail => tail.some(cell => /\S\s+\S|^\s+\S/.test(cell))).length) >= 0.5) return 'table';
  if (share(behind.filter(tail => tail.some(cell => beginsAsAddress(cell))).length) >= 0.5) return 'table';
  const heads = rows.filter((row, at) => namesImage(row.cells[places[at] ?? 0] ?? '')).length / rows.length;
  const ends = share(behind.filter(tail => namesImage(`x/${tail.at(-1) ?? ''}`)).length);
  const parts = share(behind.filter(tail => tail.some(cell => /[/=&%?]/.test(cell))).length);
  if (ends >= 0.5 || parts >= 0.5) return heads >= 0.9 ? 'table' : 'goes-on';
  const values = new Set(behind.map(tail => tail.join(delimiter)));
  const words = share(behind.filter(tail => tail.every(cell => WORDS.test(cell.trim()))).length);
  if (words >= 0.9) return heads < 0.5 && values.size === behind.length && behind.length > 3 ? 'doubt' : 'table';
  // Numbers that count the rows, or a few that come again, behind what is a whole address already.
  if (heads >= 0.9 && (counts(behind) || values.size * 2 <= behind.length || behind.some(tail => tail.length > 1)))
    return 'table';
  if (heads >= 0.9) return 'doubt';
  if (values.size * 2 <= behind.length && behind.length > 3) return 'doubt';
  return 'goes-on';
}

function counts(tails: readonly string[][]): boolean {
  return tails.every((tail, at) => at === 0 || Number(tail[0]) === Number(tails[at - 1]?.[0]) + 1);
}

/** A first line without an address is a header where the rows below have one, and have as many cells. */
function isHeader(names: readonly string[], others: readonly Sample[]): boolean {
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
