// The image tested last and what the model said of it, so that closing the popup loses neither.
import type { Prediction } from '../../contract/report';
import { database } from '../database';
import { metaItem } from './meta';

export interface LastTest {
  /** The image, under the name that earlier versions stored it by. */
  picture: Blob;
  /** Missing while the answer is being worked out; earlier versions kept such a test too. */
  prediction?: Prediction;
  /** The model that answered; a newer one has not been asked yet. */
  modelId?: string;
}

export const lastTest = metaItem<LastTest>('last-test');

/** Keeps a test once it is answered; not where the model that answered is gone by then, perhaps with everything. */
export async function keepLastTest(test: LastTest): Promise<void> {
  const tx = (await database()).transaction(['models', 'meta'], 'readwrite');
  const model = test.modelId === undefined ? undefined : await tx.objectStore('models').getKey(test.modelId);
  if (model !== undefined) await lastTest.set(test, tx.objectStore('meta'));
  await tx.done;
}
