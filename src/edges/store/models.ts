// Trained models: the newest is the one pages use; a few older ones are kept, and those a backup brought beside them.
import type { Model } from '../../contract/report';
import { database } from '../database';
import { metaItem } from './meta';

/** Of the models trained here. */
const KEPT = 3;
/** The ids of models that came from a backup: those never count among the ones trained here. */
const broughtIds = metaItem<string[]>('brought-models');

export async function newestModel(): Promise<Model | undefined> {
  const { store } = (await database()).transaction('models');
  return (await store.index('byCreation').openCursor(null, 'prev'))?.value;
}

/** Every model kept, the oldest first. */
export async function allModels(): Promise<Model[]> {
  return (await database()).getAllFromIndex('models', 'byCreation');
}

/** When a model was trained: ms since the epoch. */
export async function modelDates(): Promise<Map<string, number>> {
  const dates = new Map<string, number>();
  const index = (await database()).transaction('models').store.index('byCreation');
  for (let cursor = await index.openKeyCursor(); cursor; cursor = await cursor.continue())
    dates.set(cursor.primaryKey, cursor.key);
  return dates;
}

/** Keeps a model that was trained just now, as the newest, and lets the oldest go of those trained here. */
export async function saveModel(model: Model): Promise<void> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite', { durability: 'strict' });
  const models = tx.objectStore('models');
  // A clock that was wrong, or a file that an earlier version believed, may have dated a model into the future.
  const late = models.index('byCreation').iterate(IDBKeyRange.lowerBound(Date.now(), true));
  for await (const { value } of late) await models.put({ ...value, createdAt: model.createdAt - 1 });
  await models.put(model);
  const brought = new Set(await broughtIds.get(tx.objectStore('meta')));
  const ours = (await models.index('byCreation').getAllKeys()).filter(id => !brought.has(id));
  for (const id of ours.slice(0, -KEPT)) await models.delete(id);
  await tx.done;
}

/**
 * Keeps a model of a backup; false when one of its id is here, which stays. No other goes for it.
 * @param own  the backup is what this project was made of, so that its models are as if they were trained here
 */
export async function bringModel(model: Model, own: boolean): Promise<boolean> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite', { durability: 'strict' });
  if ((await tx.objectStore('models').getKey(model.id)) !== undefined) return false;
  await tx.objectStore('models').put(model);
  if (!own) {
    const meta = tx.objectStore('meta');
    await broughtIds.set([...((await broughtIds.get(meta)) ?? []), model.id], meta);
  }
  await tx.done;
  return true;
}

export async function deleteModel(id: string): Promise<void> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite', { durability: 'strict' });
  await tx.objectStore('models').delete(id);
  const meta = tx.objectStore('meta');
  const brought = await broughtIds.get(meta);
  if (brought) {
    const left = brought.filter(other => other !== id);
    await broughtIds.set(left, meta);
  }
  await tx.done;
}
