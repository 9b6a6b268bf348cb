// How much of what a search offered is in the dataset: what it is worth to search so again.
import type { Harvest, HarvestHoldings } from '../../contract/harvest';

export interface Purity {
  /** Images it brought that stand where they were put. */
  kept: number;
  /** Finds that were judged: kept, left out, deleted or moved since. What failed, waits or was known says nothing. */
  judged: number;
}

export function purityOf(
  { leftOut = 0 }: Pick<Harvest, 'leftOut'>,
  { images, elsewhere, removed }: Pick<HarvestHoldings, 'images' | 'elsewhere' | 'removed'>,
): Purity {
  return { kept: images, judged: images + elsewhere + removed + leftOut };
}

/** Of several searches together. */
export function sumOfPurities(all: readonly Purity[]): Purity {
  return all.reduce((sum, one) => ({ kept: sum.kept + one.kept, judged: sum.judged + one.judged }), {
    kept: 0,
    judged: 0,
  });
}
