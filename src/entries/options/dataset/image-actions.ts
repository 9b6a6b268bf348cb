// What is done with images of the dataset, from the grid and from one in full alike; a command under way is not given twice.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { deleteSamples, moveSamples } from '../app/changes';
import { onTheWay } from './on-the-way';

export function remove(samples: readonly Sample[]): Promise<void> {
  return onTheWay(samples, deleteSamples);
}

/** Nothing where all of them stand under that label. */
export async function move(samples: readonly Sample[], to: Label): Promise<void> {
  if (samples.some(sample => sample.labelId !== to.id)) await onTheWay(samples, free => moveSamples(free, to));
}
