// The reason for an answer: the images learnt from whose features are nearest to an image's.
import { backbonesOf } from '../../backbones/together';
import type { Model } from '../../contract/report';
import { everyFeature } from '../../edges/store/features';
import { cosine } from '../../pipeline/report/similarity';

export interface NearestImage {
  sha256: string;
  /** Name of its label when it was learnt from. */
  label: string;
  /** Cosine of the features, −1 to 1. */
  cosine: number;
}

/** Images looked through: each costs a row of some 10 KB, or 26 where two backbones were learnt from. Of more, as many evenly taken ones. */
const MOST = 3000;

/**
 * The nearest `count` of the images the model has learnt from, nearest first; those whose features are gone are left out.
 * @param besides  SHA-256 of the image itself
 */
export async function nearestLearnt(
  model: Model,
  features: Float32Array,
  besides: string,
  count: number,
  signal: AbortSignal,
): Promise<NearestImage[]> {
  const learnt = model.verdicts.filter(verdict => hasLearnt(model, verdict) && verdict.sha256 !== besides);
  const step = Math.max(1, Math.ceil(learnt.length / MOST));
  const some = learnt.filter((_, i) => i % step === 0);
  let nearest: NearestImage[] = [];
  const ids = backbonesOf(model).map(({ id }) => id);
  for await (const { image, features: other } of everyFeature(ids, some)) {
    signal.throwIfAborted();
    const found = cosine(features, other.m);
    if (nearest.length === count && found <= (nearest.at(-1)?.cosine ?? -1)) continue;
    const label = model.labels[image.truth]?.name ?? '';
    nearest = [...nearest, { sha256: image.sha256, label, cosine: found }]
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, count);
  }
  return nearest;
}

/** Whether the head that answers was fitted to this image: to those of training, and of validation where it was refitted. */
export function hasLearnt(
  { unseen }: Pick<Model, 'unseen'>,
  { split }: Pick<Model['verdicts'][number], 'split'>,
): boolean {
  return split === 'train' || (split === 'valid' && unseen !== undefined);
}
