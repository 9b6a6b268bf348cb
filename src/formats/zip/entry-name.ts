// The name of a file in an archive: read as text, and refused when it could lead anywhere but below the archive's root.
import { FormatError } from '../format-error';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './limits';

// What Windows opens as a device, whatever stands behind the first dot.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const DRIVE = /^[a-z]:/i;

/**
 * The path in NFC. Throws a FormatError, `name`, for one that is absolute, climbs (`..`), holds backslashes, drive letters, controls or
 * empty parts, is a Windows device, or is longer than any file system takes.
 * @param utf8  whether the archive says that the name is UTF-8; others often are all the same
 */
export function entryName(bytes: Uint8Array, utf8: boolean, limits: ArchiveLimits = ARCHIVE_LIMITS): string {
  const text = decoded(bytes, utf8);
  const refuse = (): never => {
    throw new FormatError('name', [shown(text ?? '?')]);
  };
  if (text === undefined || bytes.length === 0 || bytes.length > limits.path) return refuse();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\\\u0000-\u001f\u007f-\u009f]/.test(text) || text.startsWith('/') || DRIVE.test(text)) return refuse();
  const parts = (text.endsWith('/') ? text.slice(0, -1) : text).split('/');
  if (parts.length > limits.depth) return refuse();
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..' || part.length > limits.name || DEVICE.test(part)) return refuse();
  }
  return text.normalize('NFC');
}

function decoded(bytes: Uint8Array, utf8: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Old archivers wrote the names in the machine's own code page; which one is not said.
    return utf8 ? undefined : new TextDecoder('windows-1252').decode(bytes);
  }
}

/** For a sentence: short, and without marks that would turn the sentence around. */
function shown(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\uFFFD');
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
