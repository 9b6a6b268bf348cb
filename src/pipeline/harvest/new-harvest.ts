// A harvest that has just begun: what it is for is known, and nothing is found yet.
import type { Harvest } from '../../contract/harvest';
import { BATCH_LIMITS, checkText } from './check-batch';

/** @param now  milliseconds since the epoch; the query is cut and cleaned as everything a page says */
export function newHarvest(
  { query, ...of }: Pick<Harvest, 'id' | 'labelId' | 'engine' | 'query' | 'pageUrl'>,
  now: number,
): Harvest {
  return {
    ...of,
    query: checkText(query, BATCH_LIMITS.title),
    startedAt: now,
    tiles: 0,
    found: 0,
    added: 0,
    known: 0,
    refused: {},
    undone: false,
  };
}
