// The name of a file in an archive: read as text, and refused when it could lead anywhere but below the archive's root.
import { FormatError } from '../format-error';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './limits';

// What Windows opens as a device, whatever stands behind the first dot.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const DRIVE = /^[a-z]:/i;

/** How bytes that are no UTF-8 are read as text. */
export type Decode = (bytes: Uint8Array) => string;
/** What a page of Western Europe gives; no byte is without a meaning in it. */
const western: Decode = bytes => new TextDecoder('windows-1252').decode(bytes);

/** The name in UTF-8; undefined when it is none. */
export function utf8Name(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The path in NFC, with slashes where an old Windows tool wrote backslashes and without parts that say nothing: it is looked up, and
 * never leads anywhere. Throws a FormatError: `name` for one that climbs (`..`) or names a drive or another machine; `unfit` for one that no system can store: controls, Windows devices,
 * or longer than any file system takes; `garbled` for one that the archive calls UTF-8 and is none.
 * @param utf8  whether the archive says that the name is UTF-8; others often are all the same
 * @param decode  for names that are not
 */
export function entryName(
  bytes: Uint8Array,
  utf8: boolean,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
  decode: Decode = western,
): string {
  const text = utf8Name(bytes) ?? (utf8 ? undefined : decode(bytes));
  return checkedPath(text, bytes.length, limits);
}

/** As `entryName`, of a name that is text already; undefined for one that could not be read. */
export function checkedPath(name: string | undefined, bytes: number, limits: ArchiveLimits = ARCHIVE_LIMITS): string {
  if (name === undefined) throw new FormatError('garbled');
  // Some tools of Windows part folders by backslashes, against the format's own rule.
  const text = name.replaceAll('\\', '/');
  const refuse = (reason: string): never => {
    throw new FormatError(reason, [shown(text)]);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (bytes > limits.path || /[\u0000-\u001f\u007f-\u009f]/.test(text)) return refuse('unfit');
  if (text === '' || text.startsWith('//') || /(?:^|\/)\.$/.test(text)) return refuse('name');
  // Some tools begin every name with the folder that was packed: "./cat/1.jpg", "\\cat\\1.jpg".
  const parts = text.split('/').filter(part => part !== '' && part !== '.');
  if (parts.length > limits.depth) return refuse('unfit');
  if (DRIVE.test(parts[0] ?? '')) return refuse('name');
  for (const part of parts) {
    if (part === '..') return refuse('name');
    if (part.length > limits.name || DEVICE.test(part)) return refuse('unfit');
  }
  return `${parts.join('/')}${text.endsWith('/') ? '/' : ''}`.normalize('NFC');
}

/** For a sentence: short, and without marks that would turn the sentence around. */
function shown(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\uFFFD');
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}
