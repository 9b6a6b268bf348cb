// A JPEG's table of Huffman codes (ITU-T T.81, annex C), read from how many codes there are of each length.

/** For each length in bits the first code, how many there are, and where their symbols begin. */
export interface Codes {
  first: number[];
  counts: Uint8Array;
  starts: number[];
  symbols: Uint8Array;
}

/** Undefined when there are more codes than their lengths have room for, or a symbol stands twice or means nothing. */
export function codesOf(counts: Uint8Array, symbols: Uint8Array, ofDc: boolean): Codes | undefined {
  const codes: Codes = { first: [], counts, starts: [], symbols };
  let code = 0;
  let start = 0;
  for (const [i, count] of counts.entries()) {
    codes.first.push(code);
    codes.starts.push(start);
    code += count;
    if (code > 2 << i) return undefined;
    code <<= 1;
    start += count;
  }
  const sound = symbols.length > 0 && new Set(symbols).size === symbols.length;
  return sound && (!ofDc || symbols.every(symbol => symbol <= 11)) ? codes : undefined;
}
