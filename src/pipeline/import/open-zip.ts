// Opens a zip that a person chose; what the format's reader refuses gets its sentence here.
import { GleanerError } from '../../contract/error';
import { FormatError } from '../../formats/format-error';
import { type Archive, openArchive } from '../../formats/zip/directory';
import { ARCHIVE_LIMITS } from '../../formats/zip/limits';
import { type CodePage, decode, guessPage, type PageGuess } from './code-page';

export interface OpenZip extends Archive {
  /** Where names are in a code page that the archive does not tell: the pages it may be, and the one that was taken. */
  page?: PageGuess & { taken: CodePage };
}

/** Bytes of names that the code page is told by. */
const MOST_NAMES = 100_000;
/** Bytes of a folder's path by which it is known again. */
const MOST_COMPARED = 1000;

/**
 * As `openArchive`; throws `zip_unreadable`, `zip_large`, `zip_encrypted`, `zip_packing`, `zip_name`, `zip_unfit`,
 * `zip_garbled`, `zip_twice`, `zip_overlap` or `zip_bomb`, and its `read` `zip_damaged` or `zip_bomb`.
 * @param languages  of the person: see `guessPage`
 * @param page  what the person says the names are in
 */
export async function openZip(file: Blob, languages: readonly string[] = [], page?: CodePage): Promise<OpenZip> {
  let guess: OpenZip['page'];
  const pageOf = (names: readonly Uint8Array[]) => {
    const found = guessPage(joinedNames(names), languages, true);
    const taken = page !== undefined && found.pages.includes(page) ? page : (found.pages[0] ?? 'windows-1252');
    guess = { ...found, taken };
    return (bytes: Uint8Array) => decode(bytes, taken);
  };
  const archive = await openArchive(file, ARCHIVE_LIMITS, pageOf).catch(refuse);
  return {
    ...archive,
    read: entry => archive.read(entry).catch(refuse),
    head: (entry, most) => archive.head(entry, most).catch(refuse),
    ...(guess && { page: guess }),
  };
}

/** The folders' and files' own names, each once: long paths repeat what tells nothing more. */
function joinedNames(names: readonly Uint8Array[]): Uint8Array {
  const parts: number[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    if (parts.length > MOST_NAMES) break;
    const own = name.lastIndexOf(0x2f) + 1;
    const key = name.subarray(0, Math.min(own, MOST_COMPARED)).join();
    const from = seen.has(key) ? own : 0;
    seen.add(key);
    for (let at = from; at < name.length; at++) parts.push(name[at] ?? 0);
    parts.push(0x0a);
  }
  return Uint8Array.from(parts);
}

function refuse(error: unknown): never {
  if (!(error instanceof FormatError)) throw error;
  throw new GleanerError(`zip_${error.reason}`, error.words, { cause: error });
}
