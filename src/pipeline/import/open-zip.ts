// Opens a zip that a person chose; what the format's reader refuses gets its sentence here.
import { GleanerError } from '../../contract/error';
import { FormatError } from '../../formats/format-error';
import { type Archive, openArchive } from '../../formats/zip/directory';

/**
 * As `openArchive`; throws `zip_unreadable`, `zip_large`, `zip_encrypted`, `zip_packing`, `zip_name`, `zip_twice`,
 * `zip_overlap` or `zip_bomb`, and its `read` `zip_damaged` or `zip_bomb`.
 */
export async function openZip(file: Blob): Promise<Archive> {
  const archive = await openArchive(file).catch(refuse);
  return { ...archive, read: entry => archive.read(entry).catch(refuse) };
}

function refuse(error: unknown): never {
  throw error instanceof FormatError ? new GleanerError(`zip_${error.reason}`, error.words, { cause: error }) : error;
}
