// What the model makes of images of the collection, kept while the page is open: each costs a pass through the backbone.
import { GleanerError } from '../../../contract/error';
import type { Model, Prediction } from '../../../contract/report';
import { blobOf } from '../../../edges/store/samples';
import type { HeatMap } from '../../parts/paint-heat';
import { predictImage } from '../../workers/predictor';

export interface KeptExplanation {
  image: Blob;
  prediction: Prediction;
}

/** Images kept; each holds 49 numbers for every class. */
const KEPT = 64;
const kept = new Map<string, KeptExplanation>();
const key = (model: Model, sha256: string) => `${model.id} ${sha256}`;

export function explanationOf(model: Model, sha256: string): KeptExplanation | undefined {
  return kept.get(key(model, sha256));
}

/** Has the model explain an image, unless it has; undefined when its bytes are lost. Rejects as `predictImage` does. */
export async function explainImage(
  model: Model,
  sha256: string,
  signal: AbortSignal,
): Promise<KeptExplanation | undefined> {
  const known = explanationOf(model, sha256);
  if (known) return known;
  const image = await blobOf(sha256);
  signal.throwIfAborted();
  if (!image) return undefined;
  const explanation = { image, prediction: await predictImage(image, signal) };
  kept.set(key(model, sha256), explanation);
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return explanation;
}

/**
 * Has the model explain the images it has not explained yet, one after the other; those whose bytes are lost or cannot be
 * read are passed over. Rejects as `predictImage` does, and with the signal's reason.
 */
export async function explainImages(
  model: Model,
  sha256s: readonly string[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const [done, sha256] of sha256s.entries()) {
    onProgress(done, sha256s.length);
    try {
      await explainImage(model, sha256, signal);
    } catch (error) {
      if (!(error instanceof GleanerError && error.code === 'picture_unreadable')) throw error;
    }
  }
  onProgress(sha256s.length, sha256s.length);
}

/** Grad-CAM of a class in this explanation. */
export function evidenceFor(label: string, { prediction }: KeptExplanation): HeatMap | undefined {
  const values = prediction.gradCams[prediction.top.findIndex(one => one.label === label)];
  return values && { values, floor: 0 };
}
