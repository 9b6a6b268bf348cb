// Lists and dictionaries as Python prints them, written as JSON.

const WORDS: Record<string, string> = { None: 'null', True: 'true', False: 'false' };
const OPENS: Record<string, string> = { '(': '[', '[': '[', '{': '{' };
const CLOSES: Record<string, string> = { ')': ']', ']': ']', '}': '}' };

/** Whether a text begins as a list or dictionary with a text in single quotes, which JSON does not have. */
export function beginsAsPython(text: string): boolean {
  return /^\s*[[({][\s[({]*'/.test(text.slice(0, 1000));
}

/** A Python value as JSON; undefined where a text is not closed. Whether it is sound is for the JSON parser to say. */
export function pythonAsJson(text: string): string | undefined {
  const parts: string[] = [];
  let comma = false;
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? '';
    if (/\s/.test(sign)) {
      at++;
      continue;
    }
    const close = CLOSES[sign];
    // A comma before the end of a list is no more than a comma.
    if (comma && close === undefined) parts.push(',');
    comma = sign === ',';
    if (sign === "'" || sign === '"') {
      const end = endOfText(text, at);
      if (end === undefined) return undefined;
      parts.push(jsonText(text.slice(at + 1, end)));
      at = end + 1;
    } else if (/[\w.+-]/.test(sign)) {
      const word = /^[\w.+-]{1,40}/.exec(text.slice(at, at + 40))?.[0] ?? sign;
      parts.push(Object.hasOwn(WORDS, word) ? (WORDS[word] ?? '') : word);
      at += word.length;
    } else {
      if (!comma) parts.push(close ?? OPENS[sign] ?? sign);
      at++;
    }
  }
  return parts.join('');
}

/** Where the text ends that is opened at `at`. */
function endOfText(text: string, at: number): number | undefined {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[at]) return i;
  }
  return undefined;
}

/** The inside of a Python text as a JSON text: it escapes its own quotes and no others. */
function jsonText(inner: string): string {
  const escaped = inner
    .replace(/\\(.)|"/gs, (all, sign: string | undefined) => {
      if (all === '"') return '\\"';
      return sign === "'" ? "'" : all;
    })
    .replace(/\\x([0-9a-f]{2})/gi, '\\u00$1');
  return `"${escaped}"`;
}
