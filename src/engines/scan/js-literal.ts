// Reads one JavaScript or JSON literal out of a longer text: unquoted keys, single quotes, `void 0`, trailing commas.
// Nothing is evaluated; what is no literal (a call, a name) becomes undefined.
import { unescapeString } from './js-string';

const MAX_DEPTH = 100;
/** Values read from one literal, at most. A results page holds some tens of thousands. */
const MAX_VALUES = 500_000;

const OPEN = /[[{]/g;
const BLANK = /\s*/y;
const KEY = /[\w$-]+/y;
/** A number or a name, or two such as `void 0` and `new Date`. */
const WORD = /[^\s,:[\]{}()"'`]+(?:\s{1,8}[\w$.-]+)?/y;
const CALL_TAIL = /\.[\w$]+/y;

/** The first `{` or `[` at or after `start`, read as a literal; undefined when it does not close or is too deep. */
export function literalAfter(text: string, start: number): unknown {
  return readLiteral(text, start)?.value;
}

/** As `literalAfter`, with the position behind the literal. */
function readLiteral(text: string, start: number): { value: unknown; end: number } | undefined {
  OPEN.lastIndex = start;
  const open = OPEN.exec(text);
  return open === null ? undefined : new LiteralReader(text, open.index).read();
}

/** A text is given up when so many times its characters were read in vain: a hostile one begins literals and never ends them. */
const MOST_IN_VAIN = 3;
/** Characters that may be read in vain in the shortest text. */
const VAIN_AT_LEAST = 100_000;
/** What beginning costs, in characters. */
const COST_OF_START = 1000;

/** The literals that follow each match of a pattern with the flag `g`, but none that lies within one already given. */
export function* literalsAfter(text: string, pattern: RegExp): Generator<unknown> {
  let end = 0;
  let vain = 0;
  const mostVain = Math.max(VAIN_AT_LEAST, MOST_IN_VAIN * text.length);
  for (const match of text.matchAll(pattern)) {
    if (match.index < end) continue;
    OPEN.lastIndex = match.index;
    const open = OPEN.exec(text);
    if (open === null) return;
    const reader = new LiteralReader(text, open.index);
    const literal = reader.read();
    if (literal === undefined) {
      vain += reader.at - open.index + COST_OF_START;
      if (vain >= mostVain) return;
      continue;
    }
    end = literal.end;
    yield literal.value;
  }
}

class Unreadable extends Error {}
/** One for all: making an error's stack takes longer than reading most literals. */
const UNREADABLE = new Unreadable();

class LiteralReader {
  private values = 0;

  constructor(
    private readonly text: string,
    /** Where it stands: behind the literal, or where it gave up. */
    public at: number,
  ) {}

  read(): { value: unknown; end: number } | undefined {
    try {
      const value = this.value(0);
      return { value, end: this.at };
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  private value(depth: number): unknown {
    if (depth > MAX_DEPTH || ++this.values > MAX_VALUES) throw UNREADABLE;
    this.blank();
    const character = this.text[this.at];
    if (character === '{') return this.object(depth);
    if (character === '[') return this.array(depth);
    if (character === '"' || character === "'" || character === '`') return this.string(character);
    return this.word();
  }

  private object(depth: number): Record<string, unknown> {
    // A null prototype: a key "__proto__" is a key like any other.
    const object: Record<string, unknown> = Object.create(null);
    this.at++;
    for (;;) {
      this.blank();
      if (this.takes('}')) return object;
      const key = this.key();
      this.blank();
      if (!this.takes(':')) throw UNREADABLE;
      object[key] = this.value(depth + 1);
      this.blank();
      if (!this.takes(',') && this.text[this.at] !== '}') throw UNREADABLE;
    }
  }

  private array(depth: number): unknown[] {
    const array: unknown[] = [];
    this.at++;
    for (;;) {
      this.blank();
      if (this.takes(']')) return array;
      // An elision, as in `[,,1]`, is an undefined item.
      array.push(this.text[this.at] === ',' ? undefined : this.value(depth + 1));
      this.blank();
      if (!this.takes(',') && this.text[this.at] !== ']') throw UNREADABLE;
      if (++this.values > MAX_VALUES) throw UNREADABLE;
    }
  }

  /** Steps over the character when it is next. */
  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private key(): string {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.string(quote);
    return this.match(KEY);
  }

  private string(quote: string): string {
    const start = ++this.at;
    for (;;) {
      const end = this.text.indexOf(quote, this.at);
      if (end === -1) {
        this.at = this.text.length;
        throw UNREADABLE;
      }
      this.at = end + 1;
      let slashes = 0;
      while (end - slashes > start && this.text[end - slashes - 1] === '\\') slashes++;
      if (slashes % 2 === 0) return unescapeString(this.text.slice(start, end));
    }
  }

  /** A number, a constant, or something to step over: a call such as `new Date("…")` has no value here. */
  private word(): unknown {
    const word = this.match(WORD);
    if (this.text[this.at] === '(') {
      while (this.text[this.at] === '(') {
        this.parentheses();
        CALL_TAIL.lastIndex = this.at;
        if (CALL_TAIL.test(this.text)) this.at = CALL_TAIL.lastIndex;
      }
      return undefined;
    }
    if (/^-?(?:\d|\.\d)/.test(word)) return Number(word);
    if (word === 'true' || word === '!0') return true;
    if (word === 'false' || word === '!1') return false;
    return word === 'null' ? null : undefined;
  }

  private parentheses(): void {
    let depth = 0;
    do {
      const character = this.text[this.at];
      if (character === undefined) throw UNREADABLE;
      if (character === '"' || character === "'" || character === '`') {
        this.string(character);
        continue;
      }
      if (character === '(') depth++;
      if (character === ')') depth--;
      this.at++;
    } while (depth > 0);
  }

  private blank(): void {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    this.at = BLANK.lastIndex;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0];
    if (word === undefined) throw UNREADABLE;
    this.at = pattern.lastIndex;
    return word;
  }
}
