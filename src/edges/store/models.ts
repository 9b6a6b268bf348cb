// Trained models: the one in use is the newest, unless the user has chosen another; older ones are kept, and those a backup
// brought beside them.
import { GleanerError } from '../../contract/error';
import type { Model } from '../../contract/report';
import { MOST_MODELS } from '../../pipeline/backup/limits';
import { database } from '../database';
import { metaItem } from './meta';

/** Of the models trained here; the oldest beyond them goes with the next training. */
export const KEPT_MODELS = 10;
/** The ids of models that came from a backup: those never count among the ones trained here. */
const broughtIds = metaItem<string[]>('brought-models');
/** The id of the model the user has chosen. A training begun since, or the model's end, takes the word back. */
const chosenId = metaItem<string>('model-in-use');

/** What the list of models tells of each, without the numbers it computes with. */
export type ModelSummary = Pick<Model, 'id' | 'createdAt' | 'labels' | 'backbone' | 'report'>;

/** The model that answers, is exported and is resumed from. */
export async function modelInUse(): Promise<Model | undefined> {
  const id = await modelInUseId();
  return id === undefined ? undefined : modelById(id);
}

/** Its id alone, which costs no reading of its numbers. */
export async function modelInUseId(): Promise<string | undefined> {
  const tx = (await database()).transaction(['models', 'meta']);
  const [models, chosen] = [tx.objectStore('models'), await chosenId.get(tx.objectStore('meta'))];
  if (chosen !== undefined && (await models.getKey(chosen)) !== undefined) return chosen;
  return (await models.index('byCreation').openKeyCursor(null, 'prev'))?.primaryKey;
}

/** The id of the one in use where the user has chosen it, so that a newer one of a backup does not take its place. */
export async function chosenModelId(): Promise<string | undefined> {
  const chosen = await chosenId.get();
  return chosen !== undefined && chosen === (await modelInUseId()) ? chosen : undefined;
}

export async function modelById(id: string): Promise<Model | undefined> {
  return (await database()).get('models', id);
}

/** From now on this model answers, until another is chosen or trained. Rejects with 'model_gone'. */
export async function chooseModel(id: string): Promise<void> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite');
  if ((await tx.objectStore('models').getKey(id)) === undefined) throw new GleanerError('model_gone');
  await chosenId.set(id, tx.objectStore('meta'));
  await tx.done;
}

/** Every model kept, the newest first, read one after the other. */
export async function keptModels(): Promise<ModelSummary[]> {
  const kept: ModelSummary[] = [];
  const index = (await database()).transaction('models').store.index('byCreation');
  for (let cursor = await index.openCursor(null, 'prev'); cursor; cursor = await cursor.continue()) {
    const { id, createdAt, labels, backbone, report } = cursor.value;
    kept.push({ id, createdAt, labels, backbone, report });
  }
  return kept;
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

/**
 * Keeps a model that was trained just now, as the newest and the one in use, and lets the oldest go of those trained here.
 * Rejects with 'no_images' where everything was deleted meanwhile: none of its labels is there any more.
 */
export async function saveModel(model: Model): Promise<void> {
  const stores = ['models', 'meta', 'labels'] as const;
  const tx = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
  const there = await Promise.all(model.labels.map(({ id }) => tx.objectStore('labels').getKey(id)));
  if (there.every(id => id === undefined)) throw new GleanerError('no_images');
  const models = tx.objectStore('models');
  // A clock that was wrong, or a file that an earlier version believed, may have dated a model into the future.
  const late = models.index('byCreation').iterate(IDBKeyRange.lowerBound(Date.now(), true));
  for await (const { value } of late) await models.put({ ...value, createdAt: model.createdAt - 1 });
  await models.put(model);
  await chosenId.remove(tx.objectStore('meta'));
  const brought = new Set(await broughtIds.get(tx.objectStore('meta')));
  const ours = (await models.index('byCreation').getAllKeys()).filter(id => !brought.has(id));
  for (const id of ours.slice(0, -KEPT_MODELS)) await models.delete(id);
  await tx.done;
}

/** Of those a backup brought: with the ones trained here they are as many as the next backup holds. */
const BROUGHT_MODELS = MOST_MODELS - KEPT_MODELS;

/** What became of a model of a backup: it is here now, one of its id was, or there is no room. */
export type Bringing = 'brought' | 'here' | 'no-room';

/**
 * Keeps a model of a backup. One of its id that is here stays, and no other goes for it: beyond `BROUGHT_MODELS` it is the new
 * one that stays out.
 * @param own  the backup is what this project was made of, so that its models are as if they were trained here: the first
 * `KEPT_MODELS` of them, which come first, for the next training lets go what is more; the others count as brought
 * @param labelIds  the labels of the backup, as they are called here. Rejects with 'restore_gone' where none of them is there any
 * more, for then everything was deleted since the restore began
 */
export async function bringModel(model: Model, own: boolean, labelIds: readonly string[] = []): Promise<Bringing> {
  const stores = ['models', 'meta', 'labels'] as const;
  const tx = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
  const [models, meta] = [tx.objectStore('models'), tx.objectStore('meta')];
  const there = new Set(await tx.objectStore('labels').getAllKeys());
  if (labelIds.length > 0 && !labelIds.some(id => there.has(id))) throw new GleanerError('restore_gone');
  const here = await models.getAllKeys();
  if (here.includes(model.id)) return 'here';
  const brought = (await broughtIds.get(meta)) ?? [];
  const asOurs = own && here.filter(id => !brought.includes(id)).length < KEPT_MODELS;
  if (!asOurs && brought.length >= BROUGHT_MODELS) return 'no-room';
  await models.put(model);
  if (!asOurs) await broughtIds.set([...brought, model.id], meta);
  await tx.done;
  return 'brought';
}

export async function deleteModel(id: string): Promise<void> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite', { durability: 'strict' });
  await tx.objectStore('models').delete(id);
  const meta = tx.objectStore('meta');
  if ((await chosenId.get(meta)) === id) await chosenId.remove(meta);
  const brought = await broughtIds.get(meta);
  if (brought) {
    const left = brought.filter(other => other !== id);
    await broughtIds.set(left, meta);
  }
  await tx.done;
}
