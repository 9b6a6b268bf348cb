// A label's folder: the user's name made legal on every file system, and unique beside its siblings.

const LONGEST_BYTES = 80;
/** Units of a name that are looked at; what stands further behind is cut away anyhow. */
const LONGEST_NAME = 2000;
// Characters no Windows path may hold, path separators, controls, bidi overrides, zero-width and private marks.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this takes out
  /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/gu;
/** A semicolon behind which a table would write an apostrophe (`formats/csv/write.ts`), and so another path. */
const FORMULA_WITHIN = /;(?=[=+\-@＝＋－＠])/g;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * A folder name from a label's name: NFC, without forbidden characters, leading or trailing dots and blanks, reserved
 * device names; at most 80 bytes of UTF-8. Two names that only differ in case or normal form count as equal, because
 * Windows and macOS take them so; the later one gets "-2", "-3" …
 * @param taken  folders in use
 */
export function folderName(name: string, taken: Iterable<string>): string {
  return new FolderNames(taken).add(name);
}

/** Names many folders one after the other, by the rules of `folderName`, at the same cost for each. */
export class FolderNames {
  private readonly used: Set<string>;
  /** The first number that may be free, by the name's own key: those before it were tried. */
  private readonly next = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.used = new Set([...taken].map(sameFolderKey));
  }

  add(name: string): string {
    const base = legalName(name);
    const own = sameFolderKey(base);
    for (let n = this.next.get(own) ?? 1; ; n++) {
      const suffix = n === 1 ? '' : `-${n}`;
      const candidate = cutToBytes(base, LONGEST_BYTES - suffix.length) + suffix;
      const key = sameFolderKey(candidate);
      if (this.used.has(key)) continue;
      this.used.add(key);
      this.next.set(own, n + 1);
      return candidate;
    }
  }
}

/** Equal for two names that some file system cannot tell apart. */
function sameFolderKey(folder: string): string {
  // Upper before lower case folds ß/ẞ/ss, ſ and the Kelvin sign the way case-insensitive file systems do, or stricter.
  return folder.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
}

function legalName(name: string): string {
  const clean = trimmed(
    name
      .slice(0, LONGEST_NAME)
      .replace(/\p{Surrogate}/gu, '')
      .normalize('NFC')
      .replace(FORBIDDEN, ' ')
      .replace(FORMULA_WITHIN, ' '),
  );
  const short = trimmed(cutToBytes(clean, LONGEST_BYTES));
  // The word in front keeps names such as `__proto__`, `-rf` or `=cmd` harmless to the tools that meet them.
  if (short === '') return 'label';
  if (RESERVED.test(short) || /^[-=+@~_]/.test(short)) return `label ${short}`;
  return short;
}

function trimmed(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/^[\s.]+|(?<![\s.])[\s.]+$/gu, '');
}

function cutToBytes(text: string, bytes: number): string {
  let length = 0;
  let cut = '';
  for (const character of text) {
    length += utf8Length(character.codePointAt(0)!);
    if (length > bytes) return cut.replace(/(?<![\s.])[\s.]+$/u, '');
    cut += character;
  }
  return cut;
}

/** Bytes of a character in UTF-8. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
