// What an address itself says of an image's width: "bear-300x200.jpg", "c_1600.jpg", "?w=1024", "/large/".

const QUERY = ['w', 'width', 'wid', 'imwidth', 'maxwidth', 'size', 'sz'];
const LARGE_WORDS =
  /(?:^|[^a-z])(?:orig(?:inal)?s?|full(?:size|res)?|large|big|max|huge|xx?l|hi-?res|highres|master|retina|zoom|hd|uhd)(?:[^a-z]|$)/i;
const SMALL_WORDS =
  /(?:^|[^a-z])(?:thumb(?:nail)?s?|tn|small|sml|tiny|mini|micro|icon|preview|lq(?:ip)?|low-?res|blur(?:red)?|placeholder|xs|sm|mobile|phone)(?:[^a-z]|$)/i;
/** Pixels that the words stand for where they are compared with numbers: below and above what is usual in a page. */
const SMALL = 240;
const LARGE = 1800;

/** Pixels of width (or of the longer side) that the address names, by a number or else by a word; undefined when it names none. */
export function sizeInAddress(address: string): number | undefined {
  if (!URL.canParse(address)) return undefined;
  const { pathname, searchParams } = new URL(address);
  for (const name of QUERY) {
    const value = Number(/^(\d{2,5})/.exec(searchParams.get(name) ?? '')?.[1] ?? Number.NaN);
    if (inBounds(value)) return value;
  }
  const parts = pathname.slice(-300).split('/').slice(-3);
  for (const part of parts.reverse()) {
    const size = sizeInName(part);
    if (size !== undefined) return size;
  }
  const words = parts.join('/');
  if (SMALL_WORDS.test(words)) return SMALL;
  return LARGE_WORDS.test(words) ? LARGE : undefined;
}

function sizeInName(name: string): number | undefined {
  const sides = /(?:^|[^\d])(\d{2,4})x(\d{2,4})(?![\d])/i.exec(name);
  if (sides) return Math.max(Number(sides[1]), Number(sides[2]));
  const asked =
    /(?:^|[_,-])(?:w|width|s|sl|sx|ux)[_-]?(\d{2,4})(?=[_.,-]|$)/i.exec(name) ??
    /(?:^|[_.@-])(\d{2,4})(?:w|px)(?=[_.-]|$)/i.exec(name);
  // A number alone is a width only where one may stand: last in the name.
  const last = asked ?? /[_@-](\d{3,4})(?:\.\w{2,5})?$/.exec(name);
  const size = Number(last?.[1] ?? Number.NaN);
  return inBounds(size) ? size : undefined;
}

function inBounds(size: number): boolean {
  return size >= 16 && size <= 10_000;
}

/**
 * What is left of a file's name without all that tells sizes apart, in lower case: the same for `thumb/1-thumb.jpg` and
 * `full/1-1600.jpg`.
 */
export function stemOf(address: string): string {
  if (!URL.canParse(address)) return '';
  const { pathname } = new URL(address);
  const name = pathname.slice(pathname.lastIndexOf('/') + 1).slice(-200);
  return name
    .toLowerCase()
    .replace(/\.\w{2,5}$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(
      word =>
        !/^\d{3,4}(?:px|w|h)?$|^\d{2,4}x\d{2,4}$|^[234]x$|^(?:w|h|s|m|l|c|md|med|medium|scaled|hq|web|image|img)$/.test(
          word,
        ),
    )
    .filter(word => !LARGE_WORDS.test(word) && !SMALL_WORDS.test(word))
    .join('-');
}
