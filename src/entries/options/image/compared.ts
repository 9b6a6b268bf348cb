// Images side by side: which are compared when nobody chose any, and how alike the backbone finds them.
import { signal } from '@preact/signals';
import { backbonesOf } from '../../../backbones/together';
import type { Model } from '../../../contract/report';
import { getFeatures } from '../../../edges/store/features';
import { similarityMatrix } from '../../../pipeline/report/similarity';
import { firstOfEach } from '../../../pipeline/report/verdicts';

export interface Compared {
  /** `nth` counts from 1 among the images of the same label. */
  images: { sha256: string; label: string; nth: number }[];
  /** Cosines between the images, in their order. */
  matrix: number[][];
}

/** Images someone chose to compare; kept while the page is open. */
export const chosenImages = signal<string[]>();
let asked = false;

/** Leads to the report and shows how alike these images are. */
export function compareThese(sha256s: string[]): void {
  chosenImages.value = sha256s;
  asked = true;
  location.hash = '#report';
}

/** Whether a comparison was asked for and waits to be brought into sight. */
export function isCompared(): boolean {
  return asked;
}

/** Whether the comparison was asked for from elsewhere and is to be brought into sight: once. */
export function takeAsked(): boolean {
  const was = asked;
  asked = false;
  return was;
}

const PER_LABEL = 2;
/** Images compared at most: beyond that the cells no longer hold their numbers. */
export const MOST_COMPARED = 16;

/** Two images of each label, as far as they find room. */
export function twoOfEach({ labels, verdicts }: Model): string[] {
  return firstOfEach(verdicts, labels.length, PER_LABEL)
    .slice(0, MOST_COMPARED)
    .map(({ sha256 }) => sha256);
}

/** Images the model has not seen, or whose features are gone, are left out. */
export async function compare(model: Model, sha256s: string[]): Promise<Compared> {
  const truth = new Map(model.verdicts.map(verdict => [verdict.sha256, verdict.truth]));
  const ids = backbonesOf(model).map(({ id }) => id);
  const features = await getFeatures(ids, sha256s);
  const known = sha256s.flatMap((sha256, i) => {
    const [label, found] = [model.report.labels[truth.get(sha256) ?? -1], features[i]];
    return label !== undefined && found ? [{ sha256, label, m: found.m }] : [];
  });
  return {
    images: known.map(({ sha256, label }, i) => ({
      sha256,
      label,
      nth: known.slice(0, i + 1).filter(other => other.label === label).length,
    })),
    matrix: similarityMatrix(known.map(({ m }) => m)),
  };
}
