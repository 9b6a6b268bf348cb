// Reads a list of image addresses off the page's thread: it may have 20 million characters.
import { LIST_LIMITS, parseUrlList, type UrlList } from '../../pipeline/import/url-list';
import { expose } from './worker-bridge';

/** Bytes: no encoding takes more than three for a character that counts as one. */
const LONGEST_FILE = 3 * LIST_LIMITS.characters;

const api = {
  async read(file: File): Promise<UrlList> {
    const list = parseUrlList(await textOf(file));
    return { ...list, truncated: list.truncated || file.size > LONGEST_FILE };
  },
};
export type UrlListWorker = typeof api;
expose(api);

/** Spreadsheets save tables as UTF-16 with a byte order mark; everything else is taken for UTF-8. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, LONGEST_FILE).arrayBuffer());
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
