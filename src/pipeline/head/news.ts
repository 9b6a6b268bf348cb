// What came into the dataset since a model was trained, and whether training can be resumed from it.
import type { Model } from '../../contract/report';
import type { Split } from '../../contract/sample';

interface Learnable {
  sha256: string;
  split: Split;
}

/** Images that took no part in the model's training, and names of labels it does not know. */
export function newsSince(
  model: Pick<Model, 'verdicts' | 'unread' | 'labels'>,
  samples: readonly Learnable[],
  labels: Model['labels'],
): { images: number; labels: string[] } {
  const known = new Set([...model.verdicts.map(({ sha256 }) => sha256), ...(model.unread ?? [])]);
  const knownLabels = new Set(model.labels.map(({ id }) => id));
  return {
    images: samples.filter(({ sha256 }) => !known.has(sha256)).length,
    labels: labels.filter(({ id }) => !knownLabels.has(id)).map(({ name }) => name),
  };
}

/**
 * Whether the model learnt from an image that is now held out. Its article's head remembers such images, and would be
 * judged by what it knows; a linear head that has converged does not depend on where its fit began.
 */
export function learntHeldOut(model: Pick<Model, 'verdicts'>, samples: readonly Learnable[]): boolean {
  const learnt = new Set(model.verdicts.filter(({ split }) => split === 'train').map(({ sha256 }) => sha256));
  return samples.some(({ sha256, split }) => split !== 'train' && learnt.has(sha256));
}
