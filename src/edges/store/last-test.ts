// The picture tested last and what the model said of it, so that closing the popup loses neither.
import type { Prediction } from '../../contract/report';
import { database } from '../database';

const KEY = 'last-test';

export interface LastTest {
  picture: Blob;
  /** Missing while the answer is being worked out; earlier versions kept such a test too. */
  prediction?: Prediction;
  /** The model that answered; a newer one has not been asked yet. */
  modelId?: string;
}

export async function lastTest(): Promise<LastTest | undefined> {
  return (await (await database()).get('meta', KEY)) as LastTest | undefined;
}

/** To be kept once it is answered. */
export async function keepLastTest(test: LastTest): Promise<void> {
  await (await database()).put('meta', test, KEY);
}
