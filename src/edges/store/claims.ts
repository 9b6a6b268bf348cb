// Pictures found for a second label: read from the downloads that ended as duplicates, and settled by the user.
import type { Claim } from '../../contract/claim';
import { database } from '../database';
import { isLive } from './splits';

/** Rows of duplicates read at a time. */
const PAGE = 500;

/** Every claim the user has not settled, by label and then by the order the pictures came. Moving a picture ends its claim. */
export async function openClaims(): Promise<Claim[]> {
  const tx = (await database()).transaction(['labels', 'jobs', 'samples']);
  const claims: Claim[] = [];
  for (const labelId of await tx.objectStore('labels').getAllKeys()) {
    const found = new Map<string, Claim>();
    // Their keys are all the same in the index, so only the rows' own keys can be paged by.
    const ids = await tx
      .objectStore('jobs')
      .index('byReason')
      .getAllKeys(IDBKeyRange.only([labelId, 'duplicate-of']));
    for (let at = 0; at < ids.length; at += PAGE) {
      const rows = await Promise.all(ids.slice(at, at + PAGE).map(id => tx.objectStore('jobs').get(id)));
      await Promise.all(
        rows.map(async row => {
          // `detail` is the label at the time; the picture may have moved since, so the sample has the last word.
          if (!row?.sha256 || row.settled || row.detail === undefined) return;
          const sample = await tx.objectStore('samples').get(row.sha256);
          if (!sample || !isLive(sample) || sample.labelId === labelId) return;
          const claim = found.get(sample.sha256) ?? { labelId, sample, jobIds: [] };
          claim.jobIds.push(row.id);
          found.set(sample.sha256, claim);
        }),
      );
    }
    claims.push(...[...found.values()].sort((a, b) => a.sample.addedAt - b.sample.addedAt));
  }
  return claims;
}

/** Marks duplicates as rightly left out, or takes the mark back. */
export async function settleClaims(jobIds: readonly string[], settled: boolean): Promise<void> {
  const tx = (await database()).transaction('jobs', 'readwrite', { durability: 'strict' });
  for (const id of jobIds) {
    const job = await tx.store.get(id);
    if (job?.reason !== 'duplicate-of') continue;
    const { settled: _settled, ...rest } = job;
    await tx.store.put(settled ? { ...rest, settled } : rest);
  }
  await tx.done;
}
