// Addresses as they stand in files: copied out of HTML, JSON, Markdown or a parameter, with the escapes of each.
import { MAX_ADDRESS_LENGTH } from '../../contract/candidate';

/** Longest text that is looked at for one address; the address itself may be shorter only. */
const LONGEST = 40_000;

/** How an address begins, in whatever escapes it is written. */
export const ADDRESS_START =
  'https?(?::|\\\\+u003a|\\\\+x3a|&#0*58;|&colon;)(?:\\\\*/|\\\\+u002f|\\\\+x2f|&#0*47;|&#x0*2f;|&sol;){2}|https?%(?:25)*3a%(?:25)*2f%(?:25)*2f';
const START = new RegExp(
  `^["'<\\s]*(?:=HYPERLINK\\(\\s*")?(?:${ADDRESS_START}|//[^/\\s.]+(?:\\.[^/\\s.]+)+/|www\\.[^/\\s.]+\\.[^/\\s]+/)`,
  'i',
);
const SCHEME = /^https?:\/\//i;
const IMAGE = /\.(?:jpe?g|jfif|jpe|png|webp|gif|avif|bmp|heic|tiff?)(?![a-z0-9])/i;
const PAGE = /\.(?:html?|php|aspx?|jsp)(?:[?#]|$)/i;
const NAMED: Record<string, string> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  sol: '/',
  colon: ':',
  equals: '=',
  quest: '?',
  lowbar: '_',
  comma: ',',
};

/** Whether a cell begins as an address does, escaped or not. */
export function beginsAsAddress(cell: string): boolean {
  return START.test(cell.length > 200 ? cell.slice(0, 200) : cell);
}

/** Whether it names a file of an image; one that does not may be an image all the same. */
export function namesImage(address: string): boolean {
  const path = address.slice(0, MAX_ADDRESS_LENGTH).replace(/^[a-z]+:\/*[^/]*/i, '');
  return IMAGE.test(path) && !PAGE.test(path);
}

/** Whether it names a page. */
export function namesPage(address: string): boolean {
  return PAGE.test(address.slice(0, MAX_ADDRESS_LENGTH).replace(/^[a-z]+:\/*[^/]*/i, ''));
}

/** The address in its normal form, without the escapes of what it was copied from; undefined for what is no http(s) address. */
export function addressOf(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = absolute(unescaped(text.trim()));
  if (plain.length > MAX_ADDRESS_LENGTH || !SCHEME.test(plain)) return undefined;
  try {
    // Asking first whether it can be parsed would parse it twice.
    return new URL(plain).href;
  } catch {
    return undefined;
  }
}

/** The addresses of a cell: one, or several as lists are written into cells. An address keeps its own commas. */
export function addressesIn(cell: string): string[] {
  const formula = /^\s*=HYPERLINK\(\s*"([^"]{1,8000})"/i.exec(cell);
  const trimmed = (formula?.[1] ?? cell).trim();
  if (trimmed.length > LONGEST) return [];
  const list = /^[[({]/.test(trimmed) ? trimmed.slice(1).replace(/[\])}]$/, '') : trimmed;
  const quoted = list !== trimmed;
  const pieces: string[] = [];
  let start = 0;
  for (const { index } of list.matchAll(/https?:\\*\//gi)) {
    const marks = marksBefore(list, index);
    const before = list.slice(start, index - marks.length);
    // A bare comma or semicolon may stand within an address that holds another one.
    const bare = !quoted && /^[,;]$/.test(marks) && !namesImage(before);
    if (index <= start || !/[\s,;|]/.test(marks) || bare) continue;
    pieces.push(before);
    start = index;
  }
  pieces.push(list.slice(start));
  const whole = pieces.map(piece => withoutQuotes(piece.trim()));
  return (quoted ? whole.map(piece => piece.replace(/["']$/, '')) : whole).filter(piece => piece !== '');
}

/** Quotes, blanks and delimiters that stand just before a place, of many the last. */
function marksBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && at - from < 20 && /["'\s,;|]/.test(text[from - 1] ?? '')) from--;
  return text.slice(from, at);
}

/** Without the quotes or brackets around it; a mark at the end alone may be the address's own. */
function withoutQuotes(text: string): string {
  const [first = ''] = text;
  const last = { '"': '"', "'": "'", '<': '>' }[first];
  if (last === undefined) return text;
  return text.slice(1, text.endsWith(last) ? -1 : undefined);
}

function absolute(text: string): string {
  if (SCHEME.test(text)) return text;
  if (/^\/\/[^/\s]+\.[^/\s]+\//.test(text)) return `https:${text}`;
  return /^www\.[^/\s]+\.[^/\s]+\//i.test(text) ? `https://${text}` : text;
}

function unescaped(text: string): string {
  let plain = withoutQuotes(text);
  if (plain.includes('\\')) {
    plain = plain
      .replace(/(?<!\\)\\+(?:u00|x)([0-9a-f]{2})/gi, (_all, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      // A backslash is no part of an address: JSON and Markdown put it before a mark.
      .replace(/(?<!\\)\\+(?=[^\p{L}\p{N}\s\\])/gu, '');
  }
  // Twice: what was escaped for a page may have been escaped again for a feed. No address means `&amp;` by itself.
  for (let times = 0; times < 2 && plain.includes('&'); times++)
    plain = plain.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});/gi, entity);
  // Whole addresses stand in parameters of others, and these in parameters again.
  for (let times = 0; times < 3 && /^https?%(?:25)*3a%/i.test(plain); times++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      // Then it is no encoded address but a broken one, which the caller refuses.
      break;
    }
  }
  return plain;
}

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return (Object.hasOwn(NAMED, name.toLowerCase()) && NAMED[name.toLowerCase()]) || whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code >= 0x20 && code <= 0xffff ? String.fromCharCode(code) : whole;
}
