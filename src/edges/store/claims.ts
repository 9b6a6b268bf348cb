// Pictures found for a second label: read from the downloads that ended as duplicates, and settled by the user.
import type { Claim } from '../../contract/claim';
import { database } from '../database';
import { isLive } from './splits';

/** Every claim the user has not settled, by label and then by the order the pictures came. Moving a picture ends its claim. */
export async function openClaims(): Promise<Claim[]> {
  const tx = (await database()).transaction(['labels', 'jobs', 'samples']);
  const labels = await tx.objectStore('labels').getAllKeys();
  const index = tx.objectStore('jobs').index('byReason');
  const claims: Claim[] = [];
  for (const labelId of labels) {
    const duplicates = await index.getAll(IDBKeyRange.only([labelId, 'duplicate-of']));
    const jobIds = new Map<string, string[]>();
    for (const { id, sha256, detail, settled } of duplicates) {
      // `detail` is the label at the time; the picture may have moved since, so the sample has the last word.
      if (sha256 && !settled && detail !== undefined) jobIds.set(sha256, [...(jobIds.get(sha256) ?? []), id]);
    }
    const found = await Promise.all([...jobIds.keys()].map(sha256 => tx.objectStore('samples').get(sha256)));
    const mine = found
      .filter(sample => sample !== undefined)
      .filter(sample => isLive(sample) && sample.labelId !== labelId)
      .sort((a, b) => a.addedAt - b.addedAt);
    claims.push(...mine.map(sample => ({ labelId, sample, jobIds: jobIds.get(sample.sha256) ?? [] })));
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
