// Undoes the escapes of a JSON or JavaScript string in one pass: `\u003d`, `\x3d`, `\/`, `\'`, `\n`.

const ESCAPE = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi;
const CONTROL: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** The string's value, given what stands between its quotes. An unknown escape is the character itself, as in JavaScript. */
export function unescapeString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(ESCAPE, (_whole, long?: string, unicode?: string, hex?: string, other?: string) => {
    if (other !== undefined) return CONTROL[other] ?? other;
    const code = Number.parseInt(long ?? unicode ?? hex ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '�';
  });
}
