// The entries of a srcset, and the largest of them.

/** Characters of a srcset that are read. */
const MAX_LENGTH = 100_000;
/** No two parts that follow each other can take the same character, so nothing is ever tried twice. */
const ENTRY = /[\s,]*([^\s,]\S*)/y;
const DESCRIPTORS = /[^,]*/y;

/**
 * The address with the greatest width or density, by the HTML standard's grammar (addresses may hold commas, so entries
 * end at a comma that follows white space or a descriptor). Undefined for an empty srcset.
 */
export function largestOf(srcset: string): { url: string; width?: number } | undefined {
  let best: Entry | undefined;
  for (const entry of entriesOf(srcset)) {
    // The descriptors of one srcset are of one kind, so their numbers compare.
    if (best === undefined || sizeOf(entry) > sizeOf(best)) best = entry;
  }
  return best && (best.width === undefined ? { url: best.url } : { url: best.url, width: best.width });
}

/** An address with its width in pixels or its density, where it has one. */
export interface Entry {
  url: string;
  width?: number;
  density?: number;
}

function sizeOf({ width, density }: Entry): number {
  return width ?? density ?? 1;
}

export function* entriesOf(srcset: string): Generator<Entry> {
  for (const { url, descriptors } of entries(srcset.slice(0, MAX_LENGTH))) {
    const [, digits, unit] = /^\s*([\d.]*)([wxh]?)/.exec(descriptors) ?? [];
    const size = digits ? Number(digits) : Number.NaN;
    if (!Number.isFinite(size)) yield { url };
    else yield unit === 'w' ? { url, width: size } : { url, density: size };
  }
}

function* entries(srcset: string): Generator<{ url: string; descriptors: string }> {
  ENTRY.lastIndex = 0;
  for (let match = ENTRY.exec(srcset); match !== null; match = ENTRY.exec(srcset)) {
    const address = match[1] ?? '';
    let end = address.length;
    while (address[end - 1] === ',') end--;
    // A comma right behind the address ends the entry.
    if (end < address.length) yield { url: address.slice(0, end), descriptors: '' };
    else {
      DESCRIPTORS.lastIndex = ENTRY.lastIndex;
      yield { url: address, descriptors: DESCRIPTORS.exec(srcset)?.[0] ?? '' };
      ENTRY.lastIndex = DESCRIPTORS.lastIndex;
    }
  }
}
