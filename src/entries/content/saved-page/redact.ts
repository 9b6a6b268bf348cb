// Takes out of a text what belongs to a person or an account: e-mail addresses, names, tokens, network addresses.
// Every text is gone through a fixed number of times, whatever it holds: a page's texts may be megabytes of one letter.

const DATA_URL = /data:image\/[\w.+-]+;base64(?:,|\\u002c|\\x2c)[A-Za-z0-9+/=%\\]*/gi;
/** The second half may fail only where the first ends, and then nothing within the first can begin another one. */
const JWT = /\beyJ[\w-]{8,}(\.[\w-]{8,}\.[\w-]*)?/g;
/** Network addresses, but not the host of an address on the web. */
const IPV4 = /(?<![\d./])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** A long quoted string that is no address and has no spaces: ids of sessions and keys look so, records do not. */
const OPAQUE = /(["'])(?!https?:|\/)[A-Za-z0-9_\-+=:.]{28,}\1/g;

/** What stands between a mailbox and its host. */
const AT = /@|\\u0040|\\x40|%40/gi;
const MAILBOX = /[\w.+-]/;
const MAIL_HOST = /[\w-]+(?:\.[\w-]+)+/y;

/** What stands between a name and its value, in JSON, in scripts and in queries of addresses. */
const EQUALS = /[:=]|%3D|\\u003d|\\x3d/gi;
const VALUE = /\s{0,100}(?:\\?["'])?([\w\-.~+/=:]{6,})/y;
/** A name that says that its value is secret; parts of it are set apart by digits and underscores. */
const SECRET =
  /(?:token|secret)$|session|[cx]srf|(?:^|[\d_])(?:auth|cookie|gaia)|(?:^|[\d_])(?:sid|vqd|api_?key|password|ei|ved|usg|user_?id|email|client_?ip)$/i;
const WORD = /\w/;
const BLANK = /\s/;
/** Characters of a name, and blanks behind it. A longer run of letters is no name. */
const LONGEST_NAME = 100;

/** Names that are taken out; a page shows whose it is in a few ways, not in thousands. */
export const MOST_NAMES = 50;

/** The text without them. What was taken out leaves a mark, so that lengths and shapes can still be read. */
export function redact(text: string, names: Iterable<string>): string {
  let clean = withoutMail(text.replace(DATA_URL, 'data:,'));
  clean = withoutSecrets(clean.replace(JWT, (whole, rest?: string) => (rest === undefined ? whole : 'REMOVED')))
    .replace(OPAQUE, '$1REMOVED$1')
    .replace(IPV4, '192.0.2.1');
  for (const name of [...names].slice(0, MOST_NAMES)) clean = clean.replaceAll(name, 'NAME');
  return clean;
}

/** From each mark back over the mailbox, which no other mark can lie in, and forth over the host. */
function withoutMail(text: string): string {
  const kept: string[] = [];
  let done = 0;
  for (const mark of text.matchAll(AT)) {
    let start = mark.index;
    while (start > done && MAILBOX.test(text[start - 1] ?? '')) start--;
    MAIL_HOST.lastIndex = mark.index + mark[0].length;
    if (start >= mark.index || !MAIL_HOST.test(text)) continue;
    kept.push(text.slice(done, start), 'someone@example.invalid');
    done = MAIL_HOST.lastIndex;
  }
  return kept.join('') + text.slice(done);
}

/** From each sign back to the name, and, where that is one of a secret, forth over the value. */
function withoutSecrets(text: string): string {
  const kept: string[] = [];
  let done = 0;
  for (const sign of text.matchAll(EQUALS)) {
    if (sign.index < done || !SECRET.test(nameBefore(text, sign.index, done))) continue;
    VALUE.lastIndex = sign.index + sign[0].length;
    const value = VALUE.exec(text)?.[1];
    if (value === undefined) continue;
    kept.push(text.slice(done, VALUE.lastIndex - value.length), 'REMOVED');
    done = VALUE.lastIndex;
  }
  return kept.join('') + text.slice(done);
}

/** The last word before `end`, with blanks and a quote between; '' when there is none. */
function nameBefore(text: string, end: number, from: number): string {
  const before = (at: number, kind: RegExp) => {
    const least = Math.max(from, at - LONGEST_NAME);
    let start = at;
    while (start > least && kind.test(text[start - 1] ?? '')) start--;
    return start;
  };
  let stop = before(end, BLANK);
  if (text[stop - 1] === '"' || text[stop - 1] === "'") stop -= text[stop - 2] === '\\' ? 2 : 1;
  return stop > from ? text.slice(before(stop, WORD), stop) : '';
}

/** What stands between a colon and the bracket after it, when it may be a name. */
export function shownName(words: string): string | undefined {
  for (const [, between = ''] of words.matchAll(/:([^:(@]+)\(/g)) {
    const name = between.trim();
    if (name.length >= 3 && name.length <= 60) return name;
  }
  return undefined;
}
