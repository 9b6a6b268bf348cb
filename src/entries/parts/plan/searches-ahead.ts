// What was searched for a label so far, and the searches that are likely to bring more of it.
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { searchesOf } from '../../../edges/store/searches-of';
import { searchEngines } from '../../../engines';
import {
  furtherSearches,
  type SearchWay,
  type SearchYield,
  yieldsOf,
} from '../../../pipeline/harvest/further-searches';

export interface SearchesAhead {
  /** Those made, each way once, the most fruitful first. */
  made: SearchYield[];
  /** Those not made yet, the one to begin with first. */
  ahead: SearchWay[];
}

/** @param engine  id of the engine of choice */
export async function searchesAhead({ id, name }: Label, engine: string | undefined): Promise<SearchesAhead> {
  const made = yieldsOf(await searchesOf(id));
  const ids = searchEngines.map(one => one.id).sort((a, b) => Number(b === engine) - Number(a === engine));
  return { made, ahead: furtherSearches(name, made, ids, t('search_words').split(/\s*[,;]\s*/)) };
}
