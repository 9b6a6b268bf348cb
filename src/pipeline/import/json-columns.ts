// Tables written as JSON in other ways than as a list of objects: rows without names, columns beside each other.
import { beginsAsAddress } from './address-text';
import { MOST_COLUMNS, type Records } from './json-records';

/** Of the rows so many must be alike. */
const MOST_ROWS = 0.9;

/** Rows such as `["cat", "https://…"]`, the first of which may be their header; undefined for anything else. */
export function plainRows(value: unknown): Records | undefined {
  const told = splitTable(value);
  if (told) return plainRows([told.columns, ...told.data]);
  if (!Array.isArray(value)) return undefined;
  const [first] = value;
  const width = Array.isArray(first) ? first.length : 0;
  if (width < 2 || width > MOST_COLUMNS) return undefined;
  const rows = value.map(plainRow);
  const alike = rows.filter(row => row?.length === width && row.filter(beginsAsAddress).length === 1).length;
  const header = rows[0]?.some(beginsAsAddress) ? undefined : rows[0];
  if (alike === 0 || alike < MOST_ROWS * (rows.length - (header ? 1 : 0))) return undefined;
  return {
    names: header ?? Array.from({ length: width }, () => ''),
    rows: rows.slice(header ? 1 : 0).map(row => row ?? []),
  };
}

/** The cells of a list that holds nothing but texts and numbers. */
export function plainRow(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.some(cell => typeof cell === 'object' && cell !== null)) return undefined;
  return value.map(cell => (cell === null ? '' : String(cell)));
}

/**
 * Objects for columns that stand beside each other, `{"url": ["…", "…"], "label": ["cat", "dog"]}`, or with numbered cells as
 * pandas writes them; any other value as it is.
 */
export function withRows(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const columns = Object.entries(value).map(([name, cells]) => [name, cellsOf(cells)] as const);
  if (columns.length < 2 || columns.some(([, cells]) => cells === undefined)) return value;
  const held = columns.filter(([, cells = []]) =>
    cells.some(cell => typeof cell === 'string' && beginsAsAddress(cell)),
  );
  // Where all of them hold addresses, their names are the labels.
  if (held.length === columns.length) return Object.fromEntries(columns);
  const length = columns[0]?.[1]?.length ?? 0;
  if (held.length === 0 || columns.some(([, cells]) => cells?.length !== length)) return value;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(([name, cells = []]) => [name, cells[row]])),
  );
}

/** The cells of a column: a list, or an object whose keys count its rows. */
function cellsOf(column: unknown): unknown[] | undefined {
  if (Array.isArray(column)) return column;
  if (typeof column !== 'object' || column === null) return undefined;
  const numbered = Object.keys(column).every(key => /^\d{1,9}$/.test(key));
  return numbered ? Object.values(column) : undefined;
}

function splitTable(value: unknown): { columns: unknown[]; data: unknown[] } | undefined {
  if (typeof value !== 'object' || value === null || !('columns' in value) || !('data' in value)) return undefined;
  const { columns, data } = value;
  return Array.isArray(columns) && Array.isArray(data) ? { columns, data } : undefined;
}
