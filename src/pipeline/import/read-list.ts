// A file of addresses from its bytes: what it is, in which code page it is written, and what stands in it.
import { GleanerError } from '../../contract/error';
import { sniff } from '../../formats/sniff';
import { type CodePage, decode, guessPage, isUtf8, type PageGuess } from './code-page';
import { LIST_LIMITS, type ListChoice, parseUrlList, type UrlList } from './url-list';

/** Bytes: no encoding takes more than three for a character that counts as one. */
export const LONGEST_LIST = 3 * LIST_LIMITS.characters;

export interface FileChoice extends ListChoice {
  page?: CodePage;
}

export interface ReadList extends UrlList {
  /** Where the bytes are no UTF-8 and say nothing of themselves: the pages they may be in, and the one that was taken. */
  page?: PageGuess & { taken: CodePage };
}

/** Files that hold tables, but no text; `list_binary` names them. */
const BINARY: [name: string, begins: readonly number[]][] = [
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
  ['Arrow', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['SQLite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['Excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['HDF5', [0x89, 0x48, 0x44, 0x46]],
  ['NumPy', [0x93, 0x4e, 0x55, 0x4d]],
  ['pickle', [0x80, 0x04, 0x95]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
];

/**
 * @param bytes  at most `LONGEST_LIST` of the file
 * @param languages  of the person: see `guessPage`
 * @throws GleanerError  `list_binary` for what is no text, with the format's name
 */
export function readList(bytes: Uint8Array, languages: readonly string[] = [], choice: FileChoice = {}): ReadList {
  const binary = binaryName(bytes);
  if (binary !== undefined) throw new GleanerError('list_binary', [binary]);
  const encoding = markedEncoding(bytes) ?? (isUtf8(wholeCharacters(bytes)) ? 'utf-8' : undefined);
  if (encoding !== undefined) return parseUrlList(new TextDecoder(encoding).decode(bytes), choice);
  const guess = guessPage(bytes, languages);
  const taken =
    choice.page !== undefined && guess.pages.includes(choice.page) ? choice.page : (guess.pages[0] ?? 'windows-1252');
  return { ...parseUrlList(decode(bytes, taken), choice), page: { ...guess, taken } };
}

/** The format's name, for bytes that are no text. */
function binaryName(bytes: Uint8Array): string | undefined {
  const known = BINARY.find(([, begins]) => begins.every((byte, at) => bytes[at] === byte));
  if (known) return known[0];
  const found = sniff(bytes);
  if (found.kind !== 'not-image') return found.type.toUpperCase();
  return ['pdf', 'zip', 'gzip', 'video'].includes(found.type) ? (found.type === 'zip' ? 'ZIP' : found.type) : undefined;
}

/** By the byte order mark, or by the zeros that UTF-16 has beside every ASCII letter. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const start = bytes.subarray(0, 1000);
  const zeros = (from: number) => start.filter((byte, at) => at % 2 === from && byte === 0).length * 2;
  if (zeros(1) > 0.6 * start.length && zeros(0) === 0) return 'utf-16le';
  return zeros(0) > 0.6 * start.length && zeros(1) === 0 ? 'utf-16be' : undefined;
}

/** Without the bytes of a character that was cut off at the end of what may be read. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LONGEST_LIST) return bytes;
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : end);
}
