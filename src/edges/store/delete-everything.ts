// Empties the project: everything collected, trained, tested and remembered of it, but for the network's weights.
import browser from 'webextension-polyfill';
import { forgetCanary } from '../canary';
import { database } from '../database';
import { removePrivateFiles } from '../private-files';

/** They are nobody's collection and cost 95 MB to fetch again. */
const KEPT = 'backbones';

/**
 * The database goes in one transaction. Whatever else is kept goes as well, without a list of what that is: settings,
 * an address that waits to be tested, what tabs were collecting, exports and parts of downloads.
 */
export async function deleteEverything(): Promise<void> {
  // First, so that a background that dies in between finds no canary that tells of a loss.
  await browser.storage.local.clear();
  const db = await database();
  const stores = [...db.objectStoreNames].filter(name => name !== KEPT);
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  await Promise.all(stores.map(name => tx.objectStore(name).clear()));
  await tx.done;
  await browser.storage.session.clear();
  await removePrivateFiles();
  await forgetCanary();
}
