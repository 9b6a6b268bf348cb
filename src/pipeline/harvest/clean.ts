// From what an engine saw to what may be downloaded: unwrapped, no thumbnails, each address once, within the page's limit.
import { type Candidate, type Found, MAX_ADDRESS_LENGTH, MAX_CANDIDATES, type Refusal } from '../../contract/candidate';
import { isThumbnail } from './thumbnails';
import { unwrap } from './unwrap';

/**
 * Cleans one Found of a page. `seen` holds the addresses the page gave before and grows by the new ones, so that later
 * Founds of the same page give only what is new; addresses known already are left out without being counted as refused.
 * Tiles and the engine's own refusals pass through.
 */
export function clean(found: Found, seen: Set<string>): Found {
  const refused = { ...found.refused };
  const candidates: Candidate[] = [];
  for (const candidate of found.candidates) {
    const result = checkAddress(candidate.url);
    if ('refusal' in result) {
      refused[result.refusal] = (refused[result.refusal] ?? 0) + 1;
    } else if (!seen.has(result.key)) {
      if (seen.size >= MAX_CANDIDATES) {
        refused['over-page-limit'] = (refused['over-page-limit'] ?? 0) + 1;
        continue;
      }
      seen.add(result.key);
      candidates.push({ ...candidate, url: result.key });
    }
  }
  return { candidates, tiles: found.tiles, refused };
}

/** The address to download, which is also the key for duplicates, or why there is none. */
export function checkAddress(address: string): { key: string } | { refusal: Refusal } {
  if (address.length > MAX_ADDRESS_LENGTH) return { refusal: 'too-long' };
  if (!URL.canParse(address)) return { refusal: 'bad-address' };
  const outer = new URL(address);
  if (!isHttp(outer)) return { refusal: 'not-http' };
  const url = unwrap(outer);
  if (isThumbnail(url)) return { refusal: 'thumbnail-host' };
  if (url.hostname === '' || url.username !== '' || url.password !== '') return { refusal: 'bad-address' };
  url.hash = '';
  return url.href.length > MAX_ADDRESS_LENGTH ? { refusal: 'too-long' } : { key: url.href };
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}
