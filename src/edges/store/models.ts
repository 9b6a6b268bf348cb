// Trained models: the newest is the one pages use; a few older ones are kept.
import type { Model } from '../../contract/report';
import { database } from '../database';

const KEPT = 3;

export async function newestModel(): Promise<Model | undefined> {
  const { store } = (await database()).transaction('models');
  return (await store.index('byCreation').openCursor(null, 'prev'))?.value;
}

/** Every model kept, the oldest first. */
export async function allModels(): Promise<Model[]> {
  return (await database()).getAllFromIndex('models', 'byCreation');
}

export async function saveModel(model: Model): Promise<void> {
  const tx = (await database()).transaction('models', 'readwrite', { durability: 'strict' });
  await tx.store.put(model);
  const keys = await tx.store.index('byCreation').getAllKeys();
  for (const key of keys.slice(0, -KEPT)) await tx.store.delete(key);
  await tx.done;
}

export async function deleteModel(id: string): Promise<void> {
  await (await database()).delete('models', id);
}
