// Decodes the HTML entities that engines put into attributes and answers, without a document.

const NAMED: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ', times: '×' };

/** The text with `&amp;`, `&quot;`, `&#39;`, `&#x27;` and the like decoded once; unknown entities stay as they are. */
export function decodeEntities(html: string): string {
  if (!html.includes('&')) return html;
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The text of an HTML fragment such as a title with `<em>` in it. */
export function plainText(html: unknown): string | undefined {
  if (typeof html !== 'string') return undefined;
  return decodeEntities(withoutTags(html.slice(0, 4000)));
}

function withoutTags(html: string): string {
  let text = '';
  let done = 0;
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', done)) {
    const close = html.indexOf('>', open);
    if (close === -1) break;
    text += html.slice(done, open);
    done = close + 1;
  }
  return text + html.slice(done);
}
