// What speaks against finds by the look of their thumbnails: the label's images where there are enough, else the search itself.
import { type LabelLook, looksLike } from './unlike-label';
import { unlikeRest } from './unlike-rest';

/** Why a find is held back. `other`: a trained head takes it for that label, and how sure it is. */
export type Suspicion = { why: 'unlike-rest' | 'unlike-label' } | { why: 'other'; label: string; p: number };

/** A trained head that knows the label that is collected for. */
export interface JudgingHead {
  labels: readonly string[];
  /** Place of the label that is collected for. */
  own: number;
  /** Probabilities of the labels, from an image's features. */
  predict(features: Float32Array): Float32Array;
}

export interface Evidence {
  look?: LabelLook | undefined;
  head?: JudgingHead | undefined;
}

/** Its own label must be at least so likely, in shares of what each label had if none were likelier than the others. */
const LEAST_SHARE = 0.5;

/**
 * A suspicion for each find that has one, by its key.
 * @param finds  keys and features of all finds of one search that were looked at
 */
export function judgeFinds(finds: ReadonlyMap<string, Float32Array>, { look, head }: Evidence): Map<string, Suspicion> {
  const suspicions = new Map<string, Suspicion>();
  if (!look && !head) {
    const unlike = unlikeRest([...finds.values()]);
    for (const [i, key] of [...finds.keys()].entries()) if (unlike[i]) suspicions.set(key, { why: 'unlike-rest' });
    return suspicions;
  }
  for (const [key, features] of finds) {
    const suspicion = (head && otherOf(head, features)) ?? (look && !looksLike(look, features) && UNLIKE_LABEL);
    if (suspicion) suspicions.set(key, suspicion);
  }
  return suspicions;
}

const UNLIKE_LABEL: Suspicion = { why: 'unlike-label' };

/** The label a head takes the image for, where it all but rules its own out. */
function otherOf({ labels, own, predict }: JudgingHead, features: Float32Array): Suspicion | undefined {
  const p = predict(features);
  if (p[own]! >= LEAST_SHARE / labels.length) return undefined;
  const [best] = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  return { why: 'other', label: labels[best!]!, p: p[best!]! };
}
