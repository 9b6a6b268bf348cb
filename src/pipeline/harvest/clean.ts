// From what an engine saw to what may be downloaded: unwrapped, no thumbnails, each address once, within the page's limit.
import { type Candidate, type Found, MAX_CANDIDATES } from '../../contract/candidate';
import { withAddresses } from './addresses';

/**
 * Cleans one Found of a page. `seen` holds the addresses the page gave before and grows by the new ones, so that later
 * Founds of the same page give only what is new; addresses known already are left out without being counted as refused.
 * Tiles and the engine's own refusals pass through.
 */
export function clean(found: Found, seen: Set<string>): Found {
  const refused = { ...found.refused };
  const candidates: Candidate[] = [];
  for (const candidate of found.candidates) {
    const result = withAddresses(candidate, found.shown === true);
    if ('refusal' in result) {
      refused[result.refusal] = (refused[result.refusal] ?? 0) + 1;
    } else if (!seen.has(result.url)) {
      if (seen.size >= MAX_CANDIDATES) {
        refused['over-page-limit'] = (refused['over-page-limit'] ?? 0) + 1;
        continue;
      }
      seen.add(result.url);
      candidates.push(result);
    }
  }
  return { candidates, tiles: found.tiles, refused };
}
