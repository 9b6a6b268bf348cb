// What must hold of everything that a reader of pages finds.
import type { Found } from '../../src/contract/candidate';

export function foundFault({ candidates, tiles, refused }: Found): string | undefined {
  if (candidates.length > 5000) return `${candidates.length} candidates`;
  if (!Number.isSafeInteger(tiles) || tiles < 0) return `${tiles} tiles`;
  if (Object.values(refused).some(n => !Number.isSafeInteger(n) || n < 0)) return `refused ${JSON.stringify(refused)}`;
  for (const {
    url,
    alternatives = [],
    width = 1,
    height = 1,
    title = '',
    licence = '',
    sourcePage = url,
    thumbnail = url,
  } of candidates) {
    if (alternatives.length > 6) return `${alternatives.length} alternatives`;
    for (const address of [url, ...alternatives, sourcePage, thumbnail]) {
      if (!/^https?:\/\//i.test(address) || address.length > 8192 || !URL.canParse(address))
        return `address ${address}`;
    }
    if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
      return `${width} × ${height}`;
    if (title.length > 300 || licence.length > 80) return 'a text longer than its bound';
  }
  return undefined;
}
