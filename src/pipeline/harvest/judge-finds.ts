// What speaks against finds by the look of their thumbnails: the label's images where there are enough, else the search itself.
import { type LabelLook, looksLike } from './unlike-label';
import { belowRest, unlikeRest } from './unlike-rest';

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
/** What is nearer than that to the rest of a search for the label is spared, in deviations: few images know little of it. */
const SPARED = 2;

/**
 * A suspicion for each find that has one, by its key.
 * @param finds  keys and features of all finds of one search that were looked at
 */
export function judgeFinds(finds: ReadonlyMap<string, Float32Array>, { look, head }: Evidence): Map<string, Suspicion> {
  const suspicions = new Map<string, Suspicion>();
  const rows = [...finds.values()];
  const unlike = look ? unlikeLabel(rows, look) : head ? [] : unlikeRest(rows);
  for (const [i, [key, features]] of [...finds].entries()) {
    const other = head && otherOf(head, features);
    if (other) suspicions.set(key, other);
    else if (unlike[i]) suspicions.set(key, { why: look ? 'unlike-label' : 'unlike-rest' });
  }
  return suspicions;
}

/** A search that is for the label has a say of its own; one that mostly finds something else has none. */
function unlikeLabel(rows: readonly Float32Array[], look: LabelLook): boolean[] {
  const unlike = rows.map(row => !looksLike(look, row));
  const below = unlike.filter(Boolean).length < rows.length / 2 ? belowRest(rows) : undefined;
  return unlike.map((one, i) => one && (below?.[i] ?? SPARED) >= SPARED);
}

/** The label a head takes the image for, where it all but rules its own out. */
function otherOf({ labels, own, predict }: JudgingHead, features: Float32Array): Suspicion | undefined {
  const p = predict(features);
  if (p[own]! >= LEAST_SHARE / labels.length) return undefined;
  const [best] = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  return { why: 'other', label: labels[best!]!, p: p[best!]! };
}
