// Finds Google's image records in script or answer text by their shape alone:
//   "<id>",["<thumbnail>",height,width],["<full size>",height,width]
// The arrays around them, the keys and the class names changed in 2020, 2022, 2024 and 2025; this did not. Values that say
// nothing may stand in between, a second thumbnail too, and the order does not matter: thumbnails are known by their host.
// The text may be JSON inside JSON (`\"…\"`), where `\\u003d` stands for `=` and `\n` for a line break.
import { unescapeString } from './js-string';

export interface GoogleRecord {
  /** The tile's `data-docid` or `data-tbnid`; a record without one is taken when its first address is a gstatic thumbnail. */
  id?: string;
  /** Undefined when the full-size address is not http(s), as `x-raw-image:` is not. */
  url: string | undefined;
  width: number;
  height: number;
  thumbnail: string;
  sourcePage?: string;
  title?: string;
}

/** What reading a text has cost without giving a record. */
interface Vain {
  characters: number;
}

/** An array of an address and two numbers, where it stands and where it ends. */
interface SizedAddress {
  address: string;
  height: number;
  width: number;
  end: number;
}

const MAX_RECORDS = 10_000;
const MAX_STRING = 8192;
/** Characters of strings that never ended after which a text is given up: a hostile one is full of them. */
const MAX_VAIN = 4_000_000;
/** A quote with the backslashes that escape it: none, or 1, 3, 7 in JSON within JSON. */
const MAX_SLASHES = 7;
/** Addresses in a row that one record may hold: a thumbnail in two sizes and the full size have been seen. */
const MAX_SIZED = 4;

/** White space, also as JSON writes it. Bounded, because a regular expression keeps a note of each step it might take back. */
const GAP = String.raw`(?:\s|\\{1,8}[nrt]){0,200}`;
const OPENING = new RegExp(String.raw`\[${GAP}(\\*)"(?=(?:https?|x-raw-image|data):|\\*\/\\*\/)`, 'g');
const SIZES = new RegExp(String.raw`${GAP},${GAP}(\d{1,7})${GAP},${GAP}(\d{1,7})${GAP}(?=[,\]])`, 'y');
/** Whatever may stand between the parts of a record one day: it says nothing, but must not part them. */
const FILLER = String.raw`(?:(?:null|true|false|-?\d{1,9})${GAP},${GAP}){0,4}`;
const JOINT = new RegExp(String.raw`(?:,[^\[\]"{}]{0,40})?\]${GAP},${GAP}${FILLER}\[${GAP}(\\*)"`, 'y');
const ID_BEFORE = new RegExp(String.raw`"([\w-]{4,80}:?)\\*"${GAP},${GAP}${FILLER}(?:\[${GAP})?$`);
/** `"2003":[null,"<id>","<page>","<title>"`; the number is not relied upon. */
const PAGE_AFTER = new RegExp(
  String.raw`"\d{3,12}\\*"${GAP}:${GAP}\[${GAP}null${GAP},${GAP}\\*"[\w-]{4,80}\\*"${GAP},${GAP}(\\*)"(?=https?:)`,
);
const NEXT_STRING = new RegExp(String.raw`${GAP},${GAP}(\\*)"`, 'y');
/** How far behind a record its page is looked for. */
const PAGE_REACH = 4000;

/**
 * Every record in the text, in order, as often as it stands there; at most 10,000. Time is linear in the text, and every
 * address returned stands in the text as a whole string, so a cut-off record gives nothing.
 */
export function googleRecords(text: string): GoogleRecord[] {
  const records: GoogleRecord[] = [];
  const ends: number[] = [];
  const starts: number[] = [];
  const vain = { characters: 0 };
  OPENING.lastIndex = 0;
  for (let opening = OPENING.exec(text); opening !== null && records.length < MAX_RECORDS; ) {
    if (vain.characters > MAX_VAIN) break;
    const pair = readPair(text, opening, vain);
    if (pair !== undefined) {
      records.push(pair.record);
      starts.push(opening.index);
      ends.push(pair.end);
      OPENING.lastIndex = pair.end;
    }
    opening = OPENING.exec(text);
  }
  records.forEach((record, i) => {
    const end = ends[i] ?? 0;
    readPage(record, text.slice(end, Math.min(end + PAGE_REACH, starts[i + 1] ?? text.length)));
  });
  return records;
}

function readPair(
  text: string,
  opening: RegExpExecArray,
  vain: Vain,
): { record: GoogleRecord; end: number } | undefined {
  const sized = readRow(text, opening, vain);
  const [first, second] = sized;
  if (first === undefined || second === undefined) return undefined;
  const id = ID_BEFORE.exec(text.slice(Math.max(0, opening.index - 120), opening.index))?.[1];
  const thumbnail = sized.find(isThumbnail) ?? first;
  if (id === undefined && !isThumbnail(thumbnail)) return undefined;
  const full = sized.find(one => one !== thumbnail && !isThumbnail(one)) ?? second;
  // Products have words where records have the address.
  if (!/^(?:https?|x-raw-image|data):/i.test(full.address)) return undefined;
  const url = /^https?:\/\//i.test(full.address) ? full.address : undefined;
  const record: GoogleRecord = { url, width: full.width, height: full.height, thumbnail: thumbnail.address };
  if (id !== undefined) record.id = id;
  return { record, end: sized.at(-1)?.end ?? full.end };
}

/** The sized addresses that follow each other from the opening on, up to the first that is cut off or something else. */
function readRow(text: string, opening: RegExpExecArray, vain: Vain): SizedAddress[] {
  const row: SizedAddress[] = [];
  let start = opening.index + opening[0].length;
  let slashes = opening[1]?.length ?? 0;
  while (row.length < MAX_SIZED) {
    const sized = readSized(text, start, slashes, vain);
    if (sized === undefined) break;
    row.push(sized);
    // With both at hand the record is whole: what follows may be the next one.
    if (row.some(isThumbnail) && !row.every(isThumbnail)) break;
    JOINT.lastIndex = sized.end;
    const joint = JOINT.exec(text);
    if (joint === null) break;
    start = JOINT.lastIndex;
    slashes = joint[1]?.length ?? 0;
  }
  return row;
}

function isThumbnail({ address }: SizedAddress): boolean {
  return /^https?:\/\/[\w.-]+\.gstatic\.com\//.test(address);
}

/** Reads `…",<height>,<width>` from behind the opening quote. */
function readSized(text: string, start: number, slashes: number, vain: Vain): SizedAddress | undefined {
  const string = readString(text, start, slashes, vain);
  if (string === undefined) return undefined;
  SIZES.lastIndex = string.end;
  const sizes = SIZES.exec(text);
  if (sizes === null) return undefined;
  return { address: string.value, height: Number(sizes[1]), width: Number(sizes[2]), end: SIZES.lastIndex };
}

/** The string that ends at the next quote escaped like its first one, decoded once per level of JSON. */
function readString(
  text: string,
  start: number,
  slashes: number,
  vain: Vain = { characters: 0 },
): { value: string; end: number } | undefined {
  if (slashes > MAX_SLASHES) return undefined;
  for (let quote = text.indexOf('"', start); quote !== -1 && quote - start <= MAX_STRING; ) {
    let count = 0;
    while (quote - count > start && text[quote - count - 1] === '\\') count++;
    if (count < slashes) return undefined;
    // Further pairs of backslashes are escaped backslashes at the string's end.
    if (count % (2 * slashes + 2) === slashes) {
      let value = text.slice(start, quote - slashes);
      for (let level = slashes + 1; level >= 1; level = level >> 1) value = unescapeString(value);
      return { value, end: quote + 1 };
    }
    quote = text.indexOf('"', quote + 1);
  }
  vain.characters += MAX_STRING;
  return undefined;
}

function readPage(record: GoogleRecord, after: string): void {
  const match = PAGE_AFTER.exec(after);
  if (match === null) return;
  const page = readString(after, match.index + match[0].length, match[1]?.length ?? 0);
  if (page === undefined) return;
  record.sourcePage = page.value;
  NEXT_STRING.lastIndex = page.end;
  const next = NEXT_STRING.exec(after);
  if (next === null) return;
  const title = readString(after, NEXT_STRING.lastIndex, next[1]?.length ?? 0);
  if (title !== undefined) record.title = title.value;
}
