// The doors of the head's room.

export { classify } from './classify';
export type { FeatureTable } from './data';
export { learntHeldOut, newsSince } from './news';
export { predict } from './predict';
export { seededRandom } from './random';
export { type TrainedHead, trainHead } from './train';
export { forClasses } from './warm-start';
