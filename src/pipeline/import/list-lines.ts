// Lines that are no table: an address each, or addresses within words, Markdown, HTML or what was cut out of JSON.
import { linesOf, unquoted } from '../../formats/csv/read';
import { ADDRESS_START, beginsAsAddress, namesImage } from './address-text';

/** What stands on a line: words before the address, the address (several parted by line breaks), words behind it, and those above. */
export type Line = [before: string, address: string, after: string, above: string];
/** The column of the addresses. */
export const LINE_ADDRESS = 1;
/** The column of the headings. */
export const LINE_ABOVE = 3;

/** Units of a line that are looked at. */
const LONGEST_LINE = 100_000;
const LONGEST_HEADING = 100;
/** Lines that are looked at for headings and the first addresses below them. */
const MOST_LOOKED_AT = 20_000;
const WITHIN = new RegExp(`(?:${ADDRESS_START})(?:[^\\s"'<>\`|\\\\]|\\\\[^"'\\s])+`, 'gi');
/** A line that names what follows: "# cats", "## Cats ##", "[cats]", "cats:". */
const HEADING = /^(?:#+\s*(?<hash>[^#]+?)[\s#]*|\[(?<box>[^\][]+)\]|-?\s*["']?(?<colon>[^:"']+)["']?\s*:)$/;

/** Every line taken apart; 'blank' for one that is empty or a comment. Headings are told with the lines below them. */
export function* addressLines(body: string): Generator<Line | 'blank'> {
  const headed = hasHeadings(body);
  let above = '';
  for (const line of linesOf(body)) {
    const plain = line.trim();
    const heading = headed ? headingOf(plain) : undefined;
    if (heading !== undefined) above = heading;
    else if (plain === '' || isComment(plain)) yield 'blank';
    else yield [...partsOf(plain.length > LONGEST_LINE ? plain.slice(0, LONGEST_LINE) : plain), above];
  }
}

/** Whether all addresses stand below headings, of which there are several: one alone may be about the whole file. */
function hasHeadings(body: string): boolean {
  let above: string | undefined;
  let seen = 0;
  const used = new Set<string>();
  for (const line of linesOf(body)) {
    const plain = line.trim();
    if (plain === '') continue;
    if (++seen > MOST_LOOKED_AT) return false;
    const heading = headingOf(plain);
    if (heading !== undefined) above = heading;
    else if (mayHoldAddress(plain)) {
      if (above === undefined) return false;
      if (used.add(above).size > 1) return true;
    }
  }
  return false;
}

function headingOf(plain: string): string | undefined {
  const [first] = plain;
  if (first !== '#' && first !== '[' && !plain.endsWith(':')) return undefined;
  if (plain.length > LONGEST_HEADING || mayHoldAddress(plain)) return undefined;
  const { hash, box, colon } = HEADING.exec(plain)?.groups ?? {};
  const name = (hash ?? box ?? colon)?.trim();
  return name !== undefined && /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

function isComment(plain: string): boolean {
  return /^(?:#|\/\/ )/.test(plain) && !/https?:/i.test(plain.slice(0, LONGEST_LINE));
}

function mayHoldAddress(line: string): boolean {
  return /\/\/|\/\\|www\.|%3a|&#|&sol|[ux]002f|\\x2f/i.test(line);
}

function partsOf(line: string): [before: string, address: string, after: string] {
  // Most lines of a text that is no list: not worth a closer look.
  if (!mayHoldAddress(line)) return ['', line, ''];
  const whole = unquoted(line.replace(/(?<=["']|\.\w{3,4}),$/, '')).trim();
  if (!/\s/.test(whole) && beginsAsAddress(whole) && !/["<>]/.test(whole)) return ['', whole, ''];
  // A blank within a file's name.
  if (beginsAsAddress(whole) && !/["'<>]/.test(whole)) {
    const [first = '', ...rest] = whole.split(/\s+/);
    if (!namesImage(first) && namesImage(whole) && !rest.some(beginsAsAddress) && /\.\w{2,5}$/.test(whole))
      return ['', whole, ''];
  }
  const found = [...line.matchAll(WITHIN)];
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return ['', line, ''];
  const all = found.map(match => trimmedEnd(match[0], line[match.index - 1]));
  const images = all.filter(namesImage);
  const before = line.slice(0, first.index);
  const after = line.slice(last.index + last[0].length);
  return [words(before), (images.length > 0 ? images : all.slice(0, 1)).join('\n'), words(after)];
}

/** Without the bracket that closes what opened before the address, and marks that end a sentence or an item. */
function trimmedEnd(address: string, opened: string | undefined): string {
  const inner = opened === '(' && address.includes(')') ? address.slice(0, closing(address)) : address;
  return inner.replace(/(?<![,;\])}>])[,;\])}>]+$/, '');
}

/** Where the bracket closes that opened before the text. */
function closing(text: string): number {
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** The words without the marks around them; '' for what belongs to HTML or to code. */
function words(text: string): string {
  if (/[<>={]/.test(text)) return '';
  const inner = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u.exec(text.slice(-300));
  return inner?.[0] ?? '';
}
