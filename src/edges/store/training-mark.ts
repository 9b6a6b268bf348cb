// That a training runs, written down, so that one whose tab was closed is not forgotten in silence.
import { database } from '../database';

const KEY = 'training-began';

/** When the training that runs, or was cut off, began: ms since the epoch. */
export async function trainingBegan(): Promise<number | undefined> {
  return (await (await database()).get('meta', KEY)) as number | undefined;
}

export async function markTraining(at: number): Promise<void> {
  await (await database()).put('meta', at, KEY);
}

export async function unmarkTraining(): Promise<void> {
  await (await database()).delete('meta', KEY);
}
