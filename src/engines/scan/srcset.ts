// The largest entry of a srcset.

/**
 * The address with the greatest width or density, by the HTML standard's grammar (addresses may hold commas, so entries
 * end at a comma that follows white space or a descriptor). Undefined for an empty srcset.
 */
export function largestOf(srcset: string): { url: string; width?: number } | undefined {
  let best: { url: string; width?: number } | undefined;
  let bestSize = -1;
  for (const match of srcset
    .slice(0, 100_000)
    .matchAll(/\s*,*\s*(\S*[^\s,])\s*([\d.]*)([wxh]?)[^,\s]*(?:\s+[^,\s]+)*\s*(?:,|$)/g)) {
    const url = match[1] ?? '';
    const size = match[2] === '' ? 1 : Number(match[2]);
    // The descriptors of one srcset are of one kind, so their numbers compare.
    if (!(size > bestSize)) continue;
    bestSize = size;
    best = match[3] === 'w' ? { url, width: size } : { url };
  }
  return best;
}
