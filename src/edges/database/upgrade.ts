// From whatever version the database has to the one of today: its stores, its indexes, and what the rows of earlier versions become.
import type { Database, UpgradeTransaction } from '../database';
import { toVersion4 } from './version-4';

/** Each version adds to the one before. An upgrade that is cut off leaves the old version, and begins anew. */
export function upgrade(db: Database, from: number, transaction: UpgradeTransaction): void {
  if (from < 1) createStores(db);
  const samples = transaction.objectStore('samples');
  if (from < 2) samples.createIndex('byDeletedAt', 'deletedAt');
  // The index of groups went by another name, and did not exist before version 3.
  if (from === 3) samples.deleteIndex('byAlikeTo' as never);
  if (from < 4) samples.createIndex('byNearDuplicateOf', ['nearDuplicateOf', 'sha256']);
  if (from > 0 && from < 4) toVersion4(transaction).catch(() => abort(transaction));
}

/** Half an upgrade must not be kept, whatever stopped it; what failed in the transaction itself has ended it already. */
function abort(transaction: UpgradeTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended.
  }
}

function createStores(db: Database): void {
  db.createObjectStore('labels', { keyPath: 'id' });
  db.createObjectStore('harvests', { keyPath: 'id' }).createIndex('byStart', 'startedAt');
  const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
  jobs.createIndex('byState', 'state');
  jobs.createIndex('byHost', ['state', 'host', 'notBefore']);
  jobs.createIndex('byLabel', ['labelId', 'state']);
  jobs.createIndex('byReason', ['labelId', 'reason']);
  jobs.createIndex('byHarvest', ['harvestId', 'state']);
  const samples = db.createObjectStore('samples', { keyPath: 'sha256' });
  samples.createIndex('byLabel', ['labelId', 'addedAt']);
  samples.createIndex('bySplit', ['labelId', 'split']);
  samples.createIndex('byDeletion', ['labelId', 'split', 'deletedAt']);
  samples.createIndex('byHarvest', 'harvestId');
  samples.createIndex('byGroup', 'group');
  db.createObjectStore('blobs', { keyPath: 'sha256' });
  db.createObjectStore('thumbnails', { keyPath: 'sha256' });
  db.createObjectStore('inbox', { keyPath: 'id', autoIncrement: true });
  db.createObjectStore('features', { keyPath: 'key' });
  db.createObjectStore('backbones', { keyPath: 'id' });
  db.createObjectStore('models', { keyPath: 'id' }).createIndex('byCreation', 'createdAt');
  db.createObjectStore('meta');
}
