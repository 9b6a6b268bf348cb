// JSON as people export it, made into rows of cells: lists of objects, dictionaries, nested answers, one row for each image.
import { beginsAsAddress, namesImage } from './address-text';

/** Columns a table may have; further ones are not read. */
export const MOST_COLUMNS = 1000;
/** Objects inside each other that are looked into. */
const DEEPEST = 12;
/** Cells of all rows together: lists within lists repeat what stands around them. */
const MOST_CELLS = 5_000_000;
/** Keys that name what a list holds, not what its images show. */
const PLAIN_KEY =
  /^(?:urls?|images?|imgs?|photos?|pictures?|media|data|items?|results?|records?|rows|entries|list|hits|files|samples|dataset|links?|value|values|children|posts|response|payload|content)$/i;

/** Rows of cells under the names of their columns. */
export interface Records {
  names: string[];
  rows: string[][];
}

/** Whether a text could cost far more memory than it has characters, by its brackets outside of strings. */
export function tooManyContainers(text: string): boolean {
  let opened = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at++;
      for (; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x5b || code === 0x7b) {
      if (++opened > 500_000 || ++depth > 200) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Gathers the rows of one value after the other, such as the lines of a file of JSON lines. */
export class RecordReader {
  readonly names: string[] = [];
  /** There was more than one table may hold. */
  full = false;
  private cells = 0;
  private readonly columns = new Map<string, number>();
  private readonly holds = new WeakMap<object, boolean>();

  /** @param names  columns that are known already */
  constructor(names: readonly string[] = []) {
    for (const name of names) this.columns.set(name.toLowerCase(), this.names.push(name) - 1);
  }

  /** The rows so far are in nobody's hands any more. */
  rest(): void {
    this.cells = 0;
  }

  /** The rows of a value; none when it holds no address. */
  rowsOf(value: unknown): string[][] {
    return this.root(value, []);
  }

  private root(value: unknown, context: string[], depth = 0): string[][] {
    if (!isObject(value) || Array.isArray(value) || depth > DEEPEST) return this.exploded(value, context);
    const members = Object.entries(value);
    const keys = members.filter(([key]) => beginsAsAddress(key));
    if (keys.length * 2 > members.length && members.length > 0) return this.pairs(keys);
    const addresses = members.filter(([, text]) => typeof text === 'string' && beginsAsAddress(text));
    const named = addresses.some(([key]) => /url|image|img|src|link|href|photo|page|file/i.test(key));
    if (addresses.length > 1 && addresses.length === members.length && !named) return this.pairs(addresses);
    if (addresses.length > 0) return this.exploded(value, context);
    const branches = members.filter(([, member]) => isObject(member) && this.holdsAddress(member));
    const [only] = branches;
    if (branches.length === 1 && only && !(Array.isArray(only[1]) && !PLAIN_KEY.test(only[0])))
      return this.root(only[1], context, depth + 1);
    if (sameShape(branches.map(([, member]) => member))) {
      return branches.flatMap(([key, member]) => {
        const row = [...context];
        this.put(row, '(key)', key);
        return this.exploded(member, row);
      });
    }
    // Lists of different things, such as images and licences: the one with most images is meant.
    const tables = branches.map(([, member]) => this.root(member, context, depth + 1));
    const score = (table: string[][]) =>
      table.filter(row => row.some(cell => cell && beginsAsAddress(cell) && namesImage(cell))).length;
    return tables.reduce((most, table) => (score(table) > score(most) || most.length === 0 ? table : most), []);
  }

  private pairs(members: [string, unknown][]): string[][] {
    return members.map(([key, value]) => {
      const row: string[] = [];
      this.put(row, '(key)', key);
      if (typeof value === 'string' || typeof value === 'number') this.put(row, '(value)', String(value));
      return row;
    });
  }

  private exploded(value: unknown, context: string[]): string[][] {
    const rows: string[][] = [];
    this.explode(value, context, rows);
    return rows;
  }

  /** One row for a value, or one for each element of the lists in it that hold addresses. */
  private explode(value: unknown, context: string[], rows: string[][], path = '', depth = 0): void {
    this.full ||= this.cells > MOST_CELLS;
    if (depth > DEEPEST || this.full) return;
    if (Array.isArray(value) && path === '' && depth === 0) {
      for (const element of value) this.explode(element, context, rows, '', depth + 1);
      return;
    }
    const row = [...context];
    const branches: [string, unknown[]][] = [];
    this.flatten(value, path, row, branches, depth);
    this.cells += row.length + 1;
    if (branches.length === 0) rows.push(row);
    for (const [name, elements] of branches) {
      for (const element of elements) this.explode(element, row, rows, name, depth + 1);
    }
  }

  private flatten(value: unknown, path: string, row: string[], branches: [string, unknown[]][], depth: number): void {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      this.put(row, path, String(value));
    else if (Array.isArray(value) && path !== '' && !value.some(isObject))
      this.put(row, path, value.filter(each => each !== null).join('\n'));
    else if (Array.isArray(value) && path !== '' && value.every(isObject)) {
      if (this.holdsAddress(value)) branches.push([path, value]);
      // What was answered about the image: one answer is a cell, several are no one label.
      else if (value.length === 1 && depth <= DEEPEST) this.flatten(value[0], path, row, branches, depth + 1);
    } else if (isObject(value) && depth <= DEEPEST) {
      for (const [key, member] of Object.entries(value))
        this.flatten(member, path === '' ? key : `${path}.${key}`, row, branches, depth + 1);
    }
  }

  private put(row: string[], name: string, cell: string): void {
    // Some tools write "URL" where others write "url".
    const key = name.toLowerCase();
    const known = this.columns.get(key);
    if (known === undefined && this.names.length >= MOST_COLUMNS) return;
    const at = known ?? this.names.push(name) - 1;
    if (known === undefined) this.columns.set(key, at);
    while (row.length < at) row.push('');
    row[at] = cell;
  }

  private holdsAddress(value: unknown, depth = 0): boolean {
    if (typeof value === 'string') return beginsAsAddress(value);
    if (!isObject(value) || depth > DEEPEST) return false;
    const known = this.holds.get(value);
    if (known !== undefined) return known;
    const holds = Object.entries(value).some(
      ([key, member]) => (!Array.isArray(value) && beginsAsAddress(key)) || this.holdsAddress(member, depth + 1),
    );
    this.holds.set(value, holds);
    return holds;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether all are lists of the same kind of thing, or objects with mostly the same keys. */
function sameShape(values: readonly unknown[]): boolean {
  const shapes = values.map(shapeOf);
  return shapes.length > 0 && shapes.every(shape => shape === shapes[0]);
}

function shapeOf(value: unknown): string {
  const sample = Array.isArray(value) ? value[0] : value;
  const kind = Array.isArray(value) ? 'list of ' : '';
  return isObject(sample) ? `${kind}${Object.keys(sample).slice(0, 20).sort().join()}` : `${kind}${typeof sample}`;
}
