// The first address of a CSS value such as `background: url("…")`.

/** Characters of a value that are read: what stands in front of an address is short. */
const MAX_VALUE = 100_000;
const MAX_ADDRESS = 9000;
/** An address without quotes holds no bracket, so a second `url(` begins anew instead of being read again. */
const BARE = /[^"'()\s]+/y;
const END = /\s*\)/y;
const BLANK = /\s*/y;

/** What the first whole `url(…)` holds, quoted or bare; undefined when there is none of at most 9,000 characters. */
export function cssUrl(value: string): string | undefined {
  const css = value.slice(0, MAX_VALUE);
  for (let at = css.indexOf('url('); at !== -1; at = css.indexOf('url(', at + 4)) {
    BLANK.lastIndex = at + 4;
    BLANK.test(css);
    const address = addressAt(css, BLANK.lastIndex);
    if (address === undefined || address.text === '' || address.text.length > MAX_ADDRESS) continue;
    END.lastIndex = address.end;
    if (END.test(css)) return address.text;
  }
  return undefined;
}

function addressAt(css: string, at: number): { text: string; end: number } | undefined {
  const quote = css[at];
  if (quote === '"' || quote === "'") {
    const end = css.indexOf(quote, at + 1);
    return end === -1 ? undefined : { text: css.slice(at + 1, end), end: end + 1 };
  }
  BARE.lastIndex = at;
  const text = BARE.exec(css)?.[0];
  return text === undefined ? undefined : { text, end: at + text.length };
}
