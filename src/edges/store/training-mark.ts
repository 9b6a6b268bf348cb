// That a training runs, written down, so that one whose tab was closed is not forgotten in silence.
import { metaItem } from './meta';

/** When the training that runs, or was cut off, began: ms since the epoch. */
export const trainingBegan = metaItem<number>('training-began');
