// Text to bytes of a code page: what browsers can only read, made by turning their reading around.
import { DOS_PAGES } from '../../../src/formats/dos-pages';

const tables = new Map<string, Map<string, number[]>>();

/** Throws when the page has no such character. */
export function encode(text: string, page: string): Uint8Array<ArrayBuffer> {
  const table = tables.get(page) ?? tableOf(page);
  tables.set(page, table);
  return Uint8Array.from(
    [...text].flatMap(character => {
      if (character < '\x80') return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (!bytes) throw new Error(`${page} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(page: string): Map<string, number[]> {
  const table = new Map<string, number[]>();
  const upper = DOS_PAGES[page];
  if (upper) for (const [at, character] of [...upper].entries()) table.set(character, [0x80 + at]);
  else {
    const decoder = new TextDecoder(page);
    for (let lead = 0x80; lead < 0x100; lead++) {
      for (const bytes of [[lead], ...Array.from({ length: 0xc0 }, (_, trail) => [lead, 0x40 + trail])]) {
        const text = decoder.decode(Uint8Array.from(bytes));
        if ([...text].length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, bytes);
      }
    }
  }
  return table;
}
