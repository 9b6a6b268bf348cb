// Takes out of a text what belongs to a person or an account: e-mail addresses, names, tokens, network addresses.

const EMAIL = /[\w.+-]+(?:@|\\u0040|\\x40|%40)[\w-]+(?:\.[\w-]+)+/gi;
const DATA_URL = /data:image\/[\w.+-]+;base64(?:,|\\u002c|\\x2c)[A-Za-z0-9+/=%\\]*/gi;
const JWT = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
/** Network addresses, but not the host of an address on the web. */
const IPV4 = /(?<![\d./])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** A value whose name says that it is secret, in JSON, in scripts and in queries of addresses. */
const NAMED =
  /((?:^|[^a-z])(?:\w*token|auth\w*|sid|\w*session\w*|\w*csrf\w*|\w*xsrf\w*|sxsrf|vqd|api_?key|\w*secret|cookie\w*|password|ei|ved|usg|gaia\w*|user_?id|email|client_?ip)(?:\\?["'])?\s*(?:[:=]|%3D|\\u003d|\\x3d)\s*(?:\\?["'])?)([\w\-.~+/=:]{6,})/gi;
/** A long quoted string that is no address and has no spaces: ids of sessions and keys look so, records do not. */
const OPAQUE = /(["'])(?!https?:|\/)[A-Za-z0-9_\-+=:.]{28,}\1/g;

/** The text without them. What was taken out leaves a mark, so that lengths and shapes can still be read. */
export function redact(text: string, names: Iterable<string>): string {
  let clean = text
    .replace(DATA_URL, 'data:,')
    .replace(EMAIL, 'someone@example.invalid')
    .replace(JWT, 'REMOVED')
    .replace(NAMED, '$1REMOVED')
    .replace(OPAQUE, '$1REMOVED$1')
    .replace(IPV4, '192.0.2.1');
  for (const name of names) clean = clean.replaceAll(name, 'NAME');
  return clean;
}

/** Names a page shows beside an e-mail address or in an account button: "Google Account: Ada Example (ada@…)". */
export function namesIn(box: Element): string[] {
  const names: string[] = [];
  for (const node of [box, ...box.querySelectorAll('[aria-label], [title], [alt], [data-name], [data-user-name]')]) {
    for (const attribute of ['aria-label', 'title', 'alt', 'data-name', 'data-user-name']) {
      const value = node.getAttribute(attribute);
      if (!value || value.length > 200) continue;
      const shown = /:\s*([^:(@]{3,60}?)\s*\(/s.exec(value)?.[1] ?? (attribute.startsWith('data-') ? value : '');
      if (shown.trim().length >= 3) names.push(shown.trim());
    }
  }
  return names;
}
