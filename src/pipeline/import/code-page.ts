// In which code page bytes were written that are no UTF-8: a detector's verdict, checked against what the text would look like.
import { analyse } from 'chardet';
import { DOS_PAGES, decodeDos } from '../../formats/dos-pages';
import { readability } from './readability';

/** A page's name: what `TextDecoder` calls it, or one of DOS's. */
export type CodePage = string;

export interface PageGuess {
  /** The likeliest first; never empty. */
  pages: CodePage[];
  /** Some words beyond ASCII as each of them reads them. */
  samples: string[];
  /** Whether the first is far ahead of every other that would give another text. */
  sure: boolean;
}

/** Bytes beyond ASCII that are looked at, with the letters around them. */
const MOST_LOOKED_AT = 8000;
/** Pages that are tried, in the order of how many people's machines write them. */
const WINDOWS = [
  'windows-1252',
  'gb18030',
  'shift_jis',
  'windows-1251',
  'euc-kr',
  'big5',
  'windows-1250',
  'windows-1254',
  'windows-1253',
];
const OTHERS = [
  'koi8-r',
  'euc-jp',
  'windows-1257',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'windows-1258',
  'macintosh',
];
const DOS = ['cp437', 'cp850', 'ibm866', 'cp852'];
/** What one place in these orders is worth, and the detector's full confidence, in units of readability. */
const PRIOR = 0.012;
const DETECTOR = 0.35;
/** From so many bytes beyond ASCII on the detector is believed in full: of fewer it cannot say much. */
const ENOUGH = 12;
/** How much the page of a language counts that the person reads. */
const LANGUAGE = 0.8;
const OF_LANGUAGE: [RegExp, readonly CodePage[]][] = [
  [/^zh-(?:tw|hk|mo|hant)/, ['big5']],
  [/^zh/, ['gb18030']],
  [/^ja/, ['shift_jis']],
  [/^ko/, ['euc-kr']],
  [/^(?:ru|uk|be|bg|mk|sr)/, ['windows-1251', 'ibm866', 'koi8-r']],
  [/^el/, ['windows-1253']],
  [/^tr|^az/, ['windows-1254']],
  [/^he/, ['windows-1255']],
  [/^(?:ar|fa|ur)/, ['windows-1256']],
  [/^th/, ['windows-874']],
  [/^vi/, ['windows-1258']],
  [/^(?:pl|cs|sk|hu|sl|hr|ro|bs)/, ['windows-1250', 'cp852']],
  [/^(?:lt|lv|et)/, ['windows-1257']],
  [/^(?:de|fr|es|pt|it|nl|sv|da|nb|nn|no|fi|is|ca)/, ['windows-1252']],
];
/** How far ahead the first must be. */
const AHEAD = 0.3;

/** Whether bytes are UTF-8 as they stand. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * The pages the bytes may be written in.
 * @param languages  of the person, as browsers list them: where several pages give sound words, those words are likely theirs
 * @param dos  whether a DOS page is possible, as in names of old archives
 */
export function guessPage(bytes: Uint8Array, languages: readonly string[] = [], dos = false): PageGuess {
  const telling = tellingPart(bytes);
  const candidates = dos
    ? [...DOS.slice(0, 1), ...WINDOWS, ...DOS.slice(1), ...OTHERS.slice(0, -1)]
    : [...WINDOWS, ...OTHERS];
  const read = new Set(
    languages.flatMap(language => OF_LANGUAGE.find(([pattern]) => pattern.test(language.toLowerCase()))?.[1] ?? []),
  );
  const weight = DETECTOR * Math.min(1, telling.filter(byte => byte >= 0x80).length / ENOUGH);
  const verdicts = new Map<string, number>();
  for (const { name, confidence } of analyse(telling)) {
    const page = known(name);
    if (page) verdicts.set(page, Math.max(verdicts.get(page) ?? 0, confidence / 100));
  }
  const ranked = candidates
    .map((page, place) => {
      const text = decode(telling, page);
      const hints = weight * (verdicts.get(page) ?? 0) + (read.has(page) ? LANGUAGE : 0) - PRIOR * place;
      return { page, text, score: readability(text, page) + hints };
    })
    .sort((a, b) => b.score - a.score);
  const [best] = ranked;
  const rival = ranked.find(({ text }) => text !== best?.text);
  const possible = ranked.filter(({ text, score }, at) => at === 0 || (!text.includes('\uFFFD') && score > 0));
  const pages = possible.map(({ page }) => page);
  const samples = possible.map(({ text }) =>
    [...new Set(text.slice(0, 500).split('\n'))].slice(0, 3).join(', ').slice(0, 60).replace(/, $/, ''),
  );
  const ahead = best !== undefined && best.score - (rival?.score ?? Number.NEGATIVE_INFINITY) > AHEAD;
  return { pages, samples, sure: ahead && !(weight < DETECTOR && swallowsLetters(telling, best.text)) };
}

/** Whether plain letters were read as second halves of characters: of a short text that is as likely an accident. */
function swallowsLetters(bytes: Uint8Array, text: string): boolean {
  const letters = bytes.filter(isLetter).length;
  return (text.match(/[a-z]/gi)?.length ?? 0) < letters;
}

/** The text; what has no meaning in the page becomes a replacement mark. */
export function decode(bytes: Uint8Array, page: CodePage): string {
  if (Object.hasOwn(DOS_PAGES, page)) return decodeDos(bytes, page);
  return new TextDecoder(page).decode(bytes);
}

/** The words in which bytes beyond ASCII stand, each on a line, so that ASCII does not drown them. */
function tellingPart(bytes: Uint8Array): Uint8Array {
  const pieces: number[] = [];
  for (let at = 0; at < bytes.length && pieces.length < MOST_LOOKED_AT; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    let from = at;
    // A byte before the first may be a letter that tells which script the word is in.
    while (from > 0 && at - from < 20 && isLetter(bytes[from - 1] ?? 0)) from--;
    let to = at;
    while (to < bytes.length && to - at < 200 && ((bytes[to] ?? 0) >= 0x80 || isWithin(bytes[to] ?? 0))) to++;
    for (let i = from; i < to; i++) pieces.push(bytes[i] ?? 0);
    pieces.push(0x0a);
    at = to;
  }
  return Uint8Array.from(pieces);
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Second bytes of two-byte characters may be any of these. */
function isWithin(byte: number): boolean {
  return byte >= 0x30 && byte !== 0x3b && byte !== 0x7c;
}

/** The name `TextDecoder` has for what the detector calls a page. */
function known(name: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(name);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return undefined;
  }
}
