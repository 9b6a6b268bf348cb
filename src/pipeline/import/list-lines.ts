// Lines that are no table: an address each, or addresses within words, Markdown, HTML or what was cut out of JSON.
import { linesOf, unquoted } from '../../formats/csv/read';
import { beginsAsAddress, namesImage } from './address-text';

/** What stands on a line: words before the address, the address (several parted by line breaks), words behind it. */
export type Line = [before: string, address: string, after: string];

/** Units of a line that are looked at. */
const LONGEST_LINE = 100_000;
const WITHIN = /(?:https?:(?:\\*\/){2}|https?%3a%2f%2f)(?:[^\s"'<>`|\\]|\\[^"'\s])+/gi;

/** Every line taken apart; 'blank' for one that is empty or a comment. */
export function* addressLines(body: string): Generator<Line | 'blank'> {
  for (const line of linesOf(body)) {
    const plain = line.trim();
    if (plain === '' || (/^(?:#|\/\/ )/.test(plain) && !/https?:/i.test(plain.slice(0, LONGEST_LINE)))) yield 'blank';
    else yield partsOf(plain.length > LONGEST_LINE ? plain.slice(0, LONGEST_LINE) : plain);
  }
}

function partsOf(line: string): Line {
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
