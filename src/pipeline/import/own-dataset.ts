// The classes of a dataset.zip, told by its own layout and by the names its tables keep; Hugging Face's image folders are alike.
import { cellsAt } from '../../formats/csv/read';
import { neutral } from '../../formats/csv/write';
import type { FolderImage } from './found-classes';

/** Where an export keeps an image: split, folder of its class, content's hash. */
const OWN = /^(?:.*\/)?(?:train|valid|test)\/([^/]+)\/[0-9a-f]{64}\.(?:jpg|png)$/;
/** Of a table in a split's folder. */
export const METADATA = /^(?:.*\/)?metadata\.csv$/;
/** Bytes of such a table that are read, and tables: one a split is usual. */
export const METADATA_LIMITS = { bytes: 50_000_000, tables: 20 } as const;

/**
 * The classes, where every image lies as an export lays it or a table beside it gives its label; undefined for any other tree.
 * @param tables  texts of the tree's `metadata.csv` by their paths
 */
export function ownClasses<T extends { path: string }>(
  images: readonly T[],
  tables: ReadonlyMap<string, string>,
): FolderImage<T>[] | undefined {
  const named = new Map<string, string>();
  for (const [path, text] of tables) readTable(text, path.slice(0, path.lastIndexOf('/') + 1), named);
  const found: FolderImage<T>[] = [];
  for (const file of images) {
    const label = named.get(file.path) ?? OWN.exec(file.path)?.[1];
    if (label === undefined) return undefined;
    found.push({ file, label });
  }
  return found.length > 0 ? found : undefined;
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
