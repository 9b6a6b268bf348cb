// What came into the dataset since a model was trained, and whether training can be resumed from it.
import type { Model } from '../../contract/report';
import type { Split } from '../../contract/sample';

interface Learnable {
  sha256: string;
  split: Split;
}

interface Labelled extends Learnable {
  /** Index into the labels. */
  truth: number;
}

/** What came into the dataset since a training, what went, and what changed its label. */
export interface News {
  images: number;
  /** Names of labels the model does not know. */
  labels: string[];
  /** Images that stand under another label now. */
  moved: number;
  /** Images that are no longer in the dataset, or whose label no longer takes part. */
  gone: number;
}

/** Images that took no part in the model's training, labels it does not know, and images it was told otherwise of. */
export function newsSince(
  model: Pick<Model, 'verdicts' | 'unread' | 'labels'>,
  samples: readonly Labelled[],
  labels: Model['labels'],
): News {
  const labelThen = new Map(model.verdicts.map(({ sha256, truth }) => [sha256, model.labels[truth]?.id]));
  const unread = new Set(model.unread ?? []);
  const knownLabels = new Set(model.labels.map(({ id }) => id));
  const still = new Set(samples.map(({ sha256 }) => sha256));
  return {
    images: samples.filter(({ sha256 }) => !labelThen.has(sha256) && !unread.has(sha256)).length,
    labels: labels.filter(({ id }) => !knownLabels.has(id)).map(({ name }) => name),
    moved: samples.filter(({ sha256, truth }) => {
      const then = labelThen.get(sha256);
      return then !== undefined && then !== labels[truth]?.id;
    }).length,
    gone: model.verdicts.filter(({ sha256 }) => !still.has(sha256)).length,
  };
}

/** In how many images the dataset differs from what the model learnt. */
export function changesOf({ images, moved, gone }: News): number {
  return images + moved + gone;
}

/**
 * Whether the model learnt from an image that is now held out. Its article's head remembers such images, and would be
 * judged by what it knows; a linear head that has converged does not depend on where its fit began.
 */
export function learntHeldOut(model: Pick<Model, 'verdicts'>, samples: readonly Learnable[]): boolean {
  const learnt = new Set(model.verdicts.filter(({ split }) => split === 'train').map(({ sha256 }) => sha256));
  return samples.some(({ sha256, split }) => split !== 'train' && learnt.has(sha256));
}
