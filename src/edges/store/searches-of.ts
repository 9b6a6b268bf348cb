// The searches that were made for a label, each with what of it is still in the dataset.

import type { SearchYield } from '../../pipeline/harvest/further-searches';
import { purityOf } from '../../pipeline/harvest/purity';
import { holdingsOf } from './harvest-holdings';
import { allHarvests } from './harvests';

/** One for each harvest of a search page that was not undone; what was imported or dropped in is no search. */
export async function searchesOf(labelId: string): Promise<SearchYield[]> {
  const own = (await allHarvests()).filter(
    ({ labelId: id, undone, query, pageUrl }) => id === labelId && !undone && query !== '' && pageUrl !== '',
  );
  const yields: SearchYield[] = [];
  // One after the other: each reads all rows of its harvest.
  for (const harvest of own) {
    const { engine, query } = harvest;
    yields.push({ engine, query, ...purityOf(harvest, await holdingsOf(harvest)) });
  }
  return yields;
}
