// Empties the project: everything collected, trained and remembered of it, but for the network's weights.

import { forgetCanary } from '../canary';
import { database } from '../database';

const STORES = [
  'labels',
  'harvests',
  'jobs',
  'samples',
  'blobs',
  'thumbnails',
  'inbox',
  'features',
  'models',
  'meta',
] as const;

/** All in one transaction; the weights stay because they are nobody's collection and cost 95 MB to fetch again. */
export async function deleteEverything(): Promise<void> {
  const tx = (await database()).transaction(STORES, 'readwrite', { durability: 'strict' });
  await Promise.all(STORES.map(name => tx.objectStore(name).clear()));
  await tx.done;
  await forgetCanary();
}
