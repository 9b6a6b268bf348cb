// Groups that versions before 4 made of flat images, whose hashes are near one another whatever they show: these come apart.
import type { Sample } from '../../contract/sample';
import { onesInHash } from '../../pipeline/bucket/near-duplicates/print';
import type { UpgradeTransaction } from '../database';

/** A hash with fewer ones than this is of an icon, a digit, a flag or a drawing; of photographs one in a thousand has so few. */
const FEWEST_ONES = 72;
/** Rows read at a time. */
const PAGE = 500;

/**
 * Ids of groups of several images that are all flat. Their images are better off as groups of one: what is a copy is found again
 * by its bytes or its features, while a group of a kind would be learnt from only or tested with only.
 */
export async function flatGroups(tx: UpgradeTransaction): Promise<Set<string>> {
  const flat = new Set<string>();
  const lively = new Set<string>();
  for (let range: IDBKeyRange | undefined; ; ) {
    const page: Sample[] = await tx.objectStore('samples').getAll(range, PAGE);
    for (const { group, sha256, dHash } of page) {
      if (onesInHash(dHash) >= FEWEST_ONES) lively.add(group);
      else if (group !== sha256) flat.add(group);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    range = IDBKeyRange.lowerBound(last.sha256, true);
  }
  for (const group of lively) flat.delete(group);
  return flat;
}
