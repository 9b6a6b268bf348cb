// Results of an earlier search that a page still carries: one that searches without a load keeps the scripts it was
// loaded with, and what they hold belongs to another query.
import { beginning, select } from '../../../engines/scan/dom';
import { queryOf } from '../../../pipeline/harvest/query';
import { scriptPage } from './added-nodes';

/** Where a script says what was searched for, it says so in its first part, among the settings, or beside the results. */
const LOOKED_AT = 3_000_000;

/** What the page was searched for when it was loaded; '' when it does not say. */
export function loadedQuery(): string {
  const address = performance.getEntriesByType('navigation')[0]?.name ?? '';
  return URL.canParse(address) ? queryOf(new URL(address)) : '';
}

/**
 * A document with the inline scripts that name the query the page was loaded with and not the one it shows now; undefined
 * when there are none.
 */
export function staleScripts(doc: Document, loaded: string, now: string): Document | undefined {
  if (loaded === '' || loaded === now) return undefined;
  const stale = select(doc, 'script:not([src])', 2000).filter(script => {
    const text = beginning(script, LOOKED_AT).toLowerCase();
    return names(text, loaded) && !names(text, now);
  });
  return stale.length > 0 ? scriptPage(doc, stale) : undefined;
}

/** Whether the text holds the query in one of the ways that addresses and JSON write it. */
function names(text: string, query: string): boolean {
  const plain = query.toLowerCase();
  const encoded = encodeURIComponent(plain).toLowerCase();
  return [plain, encoded, encoded.replaceAll('%20', '+')].some(way => way !== '' && text.includes(way));
}
