// What speaks against finds by the look of their thumbnails: the label's images where there are enough, else the search itself.
import { type LabelLook, looksLike } from './unlike-label';
import { unlikeRest } from './unlike-rest';

/** Why a find is held back. `other`: a trained head takes it for that label, and how sure it is. */
export type Doubt = { why: 'unlike-rest' | 'unlike-label' } | { why: 'other'; label: string; p: number };

/** A trained head that knows the label that is collected for. */
export interface KnowingHead {
  labels: readonly string[];
  /** Place of the label that is collected for. */
  own: number;
  /** Probabilities of the labels, from an image's features. */
  predict(features: Float32Array): Float32Array;
}

export interface Known {
  look?: LabelLook | undefined;
  head?: KnowingHead | undefined;
}

/** Its own label must be at least so likely, in shares of what each label had if none were likelier than the others. */
const LEAST_SHARE = 0.5;

/**
 * A doubt for each find that has one, by its key.
 * @param finds  keys and features of all finds of one search that were looked at
 */
export function judgeFinds(finds: ReadonlyMap<string, Float32Array>, { look, head }: Known): Map<string, Doubt> {
  const doubts = new Map<string, Doubt>();
  if (!look && !head) {
    const unlike = unlikeRest([...finds.values()]);
    for (const [i, key] of [...finds.keys()].entries()) if (unlike[i]) doubts.set(key, { why: 'unlike-rest' });
    return doubts;
  }
  for (const [key, features] of finds) {
    const doubt = (head && otherOf(head, features)) ?? (look && !looksLike(look, features) && UNLIKE_LABEL);
    if (doubt) doubts.set(key, doubt);
  }
  return doubts;
}

const UNLIKE_LABEL: Doubt = { why: 'unlike-label' };

/** The label a head takes the image for, where it all but rules its own out. */
function otherOf({ labels, own, predict }: KnowingHead, features: Float32Array): Doubt | undefined {
  const p = predict(features);
  if (p[own]! >= LEAST_SHARE / labels.length) return undefined;
  const [best] = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  return { why: 'other', label: labels[best!]!, p: p[best!]! };
}
