// How much a text looks like words people write: one script a word, letters rather than signs, capitals where capitals stand.

type Script = 'latin' | 'greek' | 'cyrillic' | 'hebrew' | 'arabic' | 'thai' | 'han' | 'kana' | 'hangul' | 'other';

const SCRIPTS: [RegExp, Script][] = [
  [/\p{Script=Latin}/u, 'latin'],
  [/\p{Script=Cyrillic}/u, 'cyrillic'],
  [/\p{Script=Greek}/u, 'greek'],
  [/\p{Script=Han}/u, 'han'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u, 'kana'],
  [/\p{Script=Hangul}/u, 'hangul'],
  [/\p{Script=Hebrew}/u, 'hebrew'],
  [/\p{Script=Arabic}/u, 'arabic'],
  [/\p{Script=Thai}/u, 'thai'],
];

/**
 * Between about -3 and 1: the mean over the characters beyond ASCII, 1 for a letter in its place. Signs within words, scripts mixed in
 * one word, capitals behind small letters, accents in a row, half-width kana, rare ideographs and rare syllables count against it.
 * @param page  that gave the text: each has ideographs of its own that are common
 */
export function readability(text: string, page: string): number {
  const characters = [...text.slice(0, 50_000)];
  let sum = 0;
  let count = 0;
  for (const [at, character] of characters.entries()) {
    if ((character.codePointAt(0) ?? 0) < 0x80) continue;
    count++;
    sum += worth(character, characters[at - 1] ?? '', characters[at + 1] ?? '', page);
  }
  return count === 0 ? 0 : sum / count;
}

function worth(character: string, before: string, after: string, page: string): number {
  // A mark for what could not be read, controls, private and unassigned ones: no page that gives them is the right one.
  if (/[\uFFFD\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u.test(character)) return -6;
  if (/[\uFF61-\uFF9F]/.test(character)) return -1;
  // Signs such as the ideographic full stop belong to their script; others hardly stand beside letters.
  if (/[\u3000-\u303f\uff01-\uff5e]/.test(character)) return 0.5;
  // Quotes and dashes stand at the edge of words, and an apostrophe within.
  if (/[‘’“”«»„‚–—…©®™°]/.test(character)) return isLetter(before) && isLetter(after) && character !== '’' ? -2 : 0.3;
  if (!/[\p{L}\p{M}]/u.test(character)) return isLetter(before) || isLetter(after) ? -2 : -0.5;
  if (/[ªºµ]/.test(character)) return -1;
  const script = scriptOf(character);
  // Syllables that are all common ones hardly come by chance.
  let value = isRare(character, script, page)
    ? 0.3
    : script === 'hangul'
      ? 1.3
      : script === 'thai' || script === 'hebrew' || script === 'arabic'
        ? 0.9
        : 1;
  for (const other of [before, after]) {
    if (isLetter(other) && !goTogether(script, scriptOf(other))) value -= 2;
  }
  // Accented letters stand among plain ones, and the capital in front.
  if (script === 'latin' && isAccented(before)) value -= isAccented(after) ? 1.5 : 0.5;
  if (isUpper(character) && isLower(before)) value -= 2;
  // Second bytes of Japanese and Chinese read as Latin are capitals as often as not.
  if (isLower(character) && isUpper(after)) value -= 2;
  if (isUpper(character) && isUpper(before) && script !== 'latin') value -= 0.5;
  return value;
}

function scriptOf(character: string): Script {
  return SCRIPTS.find(([pattern]) => pattern.test(character))?.[1] ?? 'other';
}

function goTogether(one: Script, other: Script): boolean {
  return one === other || (one === 'han' && other === 'kana') || (one === 'kana' && other === 'han');
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}

function isAccented(character: string): boolean {
  return character > '\u007f' && /\p{Script=Latin}/u.test(character);
}

function isUpper(character: string): boolean {
  return /\p{Lu}/u.test(character);
}

function isLower(character: string): boolean {
  return /\p{Ll}/u.test(character);
}

/** The syllables Korean is written with most, of 2,350 that its code page has. */
const HANGUL = new Set(
  '가각간감강개거건걸검것게겨격견결경계고곡공과관광교구국군권그근글금급기길김까꽃끼나난날남내너네년노논농누눈는니다단달담당대더덕던도독돌동되된두드들등디따때떠또라락란람랑래량러런레려력련로록론료루류르를름리린림마막만말망매머먼메며면명모목무문물미민바반발방배백버번범법베변별병보복본봉부북분불비빈빵사산살상새색생서석선설섬성세소속손송수술스습승시식신실심아악안알암앙애야약양어언얼엄업없에여역연열염영예오온올와왕외요용우운울원월위유육은을음응의이인일임입있자작잔장재저적전절점정제조족종주죽줄중즈지직진집차찰참창채책처천철청체초총최추축출치친침카코쿠크키타탄터테토통투트특티파판팔퍼페평포표푸품프피하학한할함합항해행향허험혁현형호혼홍화환활황회효후훈휴흑흰희히',
);

function isRare(character: string, script: Script, page: string): boolean {
  if (script === 'han') return !commonHan(page).has(character);
  if (script === 'hangul') return !HANGUL.has(character);
  // Icelandic letters are what Turkish ones become.
  return /[þÞðÐ]/.test(character);
}

const JIS = { set: 'euc-jp', first: 0xb0, last: 0xcf };
const HAN: Record<string, { set: string; first: number; last: number }> = {
  gb18030: { set: 'gb18030', first: 0xb0, last: 0xd7 },
  big5: { set: 'big5', first: 0xa4, last: 0xc6 },
  shift_jis: JIS,
  'euc-jp': JIS,
};
const common = new Map<string, Set<string>>();

/** The rows of a page that hold its common ideographs: level 1 of GB 2312, JIS X 0208 and Big5 is what is read daily. */
function commonHan(page: string): Set<string> {
  const { set, first, last } = HAN[page] ?? HAN.gb18030!;
  const known = common.get(set);
  if (known) return known;
  const found = new Set<string>();
  const decoder = new TextDecoder(set);
  for (let lead = first; lead <= last; lead++) {
    const bytes: number[] = [];
    for (let trail = set === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail++)
      if (trail < 0x7f || trail > 0xa0) bytes.push(lead, trail);
    for (const character of decoder.decode(Uint8Array.from(bytes)))
      if (/\p{Script=Han}/u.test(character)) found.add(character);
  }
  common.set(set, found);
  return found;
}
