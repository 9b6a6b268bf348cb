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

/** The head all but rules its own label out below so many shares of what each label had if none were likelier than the others. */
const RULED_OUT = 0.4;
/** A find that is somewhat unlike the rest of a search for the label must be as likely as that share. */
const LIKELY = 1;

/** How far a find lies below the rest of a search for the label, in deviations: so far it is somewhat unlike it. */
const SOMEWHAT = 1;
/** What is nearer is spared, though the label's images are unlike it: few images know little of their label. */
const SPARED = 2.5;
/** What lies further below is held back, whatever the images say. */
const FAR = 4.5;

/**
 * A suspicion for each find that has one, by its key.
 * @param finds  keys and features of all finds of one search that were looked at
 */
export function judgeFinds(finds: ReadonlyMap<string, Float32Array>, { look, head }: Evidence): Map<string, Suspicion> {
  const suspicions = new Map<string, Suspicion>();
  const rows = [...finds.values()];
  const unlike = look ? rows.map(row => !looksLike(look, row)) : head ? [] : unlikeRest(rows);
  const below = look && isMostly(false, unlike) ? belowRest(rows) : undefined;
  for (const [i, [key, features]] of [...finds].entries()) {
    const other = head && otherOf(head, features, below?.[i]);
    if (other) suspicions.set(key, other);
    else if (unlike[i] && (below?.[i] ?? SPARED) >= SPARED)
      suspicions.set(key, { why: look ? 'unlike-label' : 'unlike-rest' });
    else if ((below?.[i] ?? 0) > FAR) suspicions.set(key, { why: 'unlike-rest' });
  }
  return suspicions;
}

/** A search that is for the label has a say of its own; one that mostly finds something else has none. */
function isMostly(value: boolean, all: readonly boolean[]): boolean {
  return all.filter(one => one === value).length > all.length / 2;
}

/**
 * The label a head takes the image for, where its own is too unlikely for that.
 * @param below  how far the image lies below the rest of its search
 */
function otherOf({ labels, own, predict }: JudgingHead, features: Float32Array, below = 0): Suspicion | undefined {
  const p = predict(features);
  if (p[own]! >= (below > SOMEWHAT ? LIKELY : RULED_OUT) / labels.length) return undefined;
  const [best] = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  return { why: 'other', label: labels[best!]!, p: p[best!]! };
}
