// The classes of a dataset.zip, told by its own layout and by the names its tables keep; Hugging Face's image folders are alike.
import { cellsAt, linesOf } from '../../formats/csv/read';
import { neutral } from '../../formats/csv/write';
import type { FolderImage } from './found-classes';
import { parsedJson } from './json-table';

/** Where an export keeps an image: split, folder of its class, content's hash. */
const OWN = /^(?:.*\/)?(?:train|valid|test)\/([^/]+)\/[0-9a-f]{64}\.(?:jpg|png)$/;
/** Of a table in a split's folder, `.csv` in exports of earlier versions, or of the list of names beside those folders. */
export const METADATA = /^(?:.*\/)?(?:metadata\.(?:csv|jsonl)|labels\.json)$/;
/** Bytes of such a table that are read, and tables: one a split is usual. */
export const METADATA_LIMITS = { bytes: 50_000_000, tables: 20 } as const;
/** Characters of a line, and of a list of names, that are looked at: brackets within brackets cost far more than they are long. */
const LONGEST = { line: 100_000, names: 1_000_000 } as const;

/**
 * The classes, where every image lies as an export lays it or a table beside it gives its label; undefined for any other tree.
 * @param tables  texts of the tree's tables (`METADATA`) by their paths
 */
export function ownClasses<T extends { path: string }>(
  images: readonly T[],
  tables: ReadonlyMap<string, string>,
): FolderImage<T>[] | undefined {
  const named = new Map<string, string>();
  for (const [path, text] of tables) {
    const folder = parentOf(path);
    if (path.endsWith('.csv')) readTable(text, folder, named);
    else if (path.endsWith('.jsonl'))
      readLines(text, folder, namesIn(tables.get(`${parentOf(folder)}labels.json`)), named);
  }
  const found: FolderImage<T>[] = [];
  for (const file of images) {
    const label = named.get(file.path) ?? OWN.exec(file.path)?.[1];
    if (label === undefined) return undefined;
    found.push({ file, label });
  }
  return found.length > 0 ? found : undefined;
}

/** The folder something lies in, up to its last slash. */
function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
}

/** Names of classes by their number; none where the text is no list of words. */
function namesIn(text: string | undefined): string[] {
  const names = text !== undefined && text.length <= LONGEST.names ? parsedJson(text) : undefined;
  return Array.isArray(names) && names.every(name => typeof name === 'string') ? names : [];
}

/** Labels by paths from lines of JSON, where a label is a word or the number of a class; a number without a name says nothing. */
function readLines(text: string, folder: string, names: readonly string[], named: Map<string, string>): void {
  for (const line of linesOf(text.replace(/^\uFEFF/, ''))) {
    if (line.trim() === '') continue;
    const row = /^\s*\{/.test(line) && line.length <= LONGEST.line ? parsedJson(line) : undefined;
    // What holds one broken line may hold millions of them, each of which takes its time.
    if (row === undefined) return;
    const { file_name: file, label } = row as Record<string, unknown>;
    const name = typeof label === 'number' ? names[label] : label;
    if (typeof file === 'string' && typeof name === 'string' && name !== '') named.set(folder + file, name);
  }
}

/** Labels by the paths of their images: columns `file_name` and `label`, as Hugging Face has them. */
function readTable(text: string, folder: string, named: Map<string, string>): void {
  const body = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  let head: { file: number; label: number } | undefined;
  for (let at = 0; at < body.length; ) {
    const { cells, next } = cellsAt(body, at, ',');
    at = next;
    if (!head) {
      head = { file: cells.indexOf('file_name'), label: cells.indexOf('label') };
      if (head.file < 0 || head.label < 0) return;
      continue;
    }
    const [file, label] = [cells[head.file], cells[head.label]];
    if (file && label) named.set(folder + file, nameBefore(label, file));
  }
}

/**
 * The name that was written as this cell: one that looks like a formula got an apostrophe. Names may begin with one of their
 * own, so the folder, which was made from the name, has the last word.
 */
function nameBefore(cell: string, file: string): string {
  const plain = cell.replace(/(^|[;\t\r\n]"*)'(?=[=+\-@＝＋－＠])/g, '$1');
  if (plain === cell || neutral(plain) !== cell) return cell;
  const folder = file.split('/').at(-2) ?? '';
  const apostrophes = (text: string) => text.split("'").length;
  return apostrophes(folder) >= apostrophes(cell) ? cell : plain;
}
