// Where the address of a row ends: which signs are its own, and which part it from the next cell.
import { beginsAsAddress, namesImage } from './address-text';

export type Delimiter = '\t' | ',' | ';' | '|';

/** A row that is looked at. */
export interface SampledRow {
  cells: string[];
  /** Whether a cell stood in quotes. */
  quoted: boolean;
}

/** A part of an address behind which the image's file ends. */
const IMAGE_END = /[^\s/]\.(?:jpe?g|png|webp|gif|avif|bmp)$/i;
const WORDS = /^\p{L}[\p{L}\p{M}\s_'-]*$/u;

/** The cells with an address put together again that ends as an image's does only behind delimiters of its own. */
export function withWholeImages(cells: string[], delimiter: string): string[] {
  const at = cells.findIndex(beginsAsAddress);
  if (at < 0 || namesImage(cells[at] ?? '')) return cells;
  const next = cells.findIndex((cell, i) => i > at && beginsAsAddress(cell));
  const end = cells.findLastIndex((cell, i) => i > at && (next < 0 || i < next) && IMAGE_END.test(cell.slice(-300)));
  return end < 0 ? cells : [...cells.slice(0, at), cells.slice(at, end + 1).join(delimiter), ...cells.slice(end + 1)];
}

/** Rows whose last cells are words, with all between the address and them given to the address; one word for all is its own. */
export function withLastWords(rows: readonly SampledRow[], delimiter: string): readonly SampledRow[] {
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
export function addressesEnd(rows: readonly SampledRow[], delimiter: Delimiter): 'table' | 'goes-on' | 'doubt' | 'no' {
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
