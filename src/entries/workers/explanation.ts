// From an image's last activations to the model's answer: probabilities, where it looked, and whether it is none of these.
import type { HeadWeights, Resemblance } from '../../contract/head';
import type { Prediction } from '../../contract/report';
import { activationMap, pool } from '../../pipeline/features/pool';
import { predict } from '../../pipeline/head/predict';
import { resembles } from '../../pipeline/head/resemblance';
import { gradCam } from '../../pipeline/report/grad-cam';

/** In class order: probabilities, where the evidence for each class lies, and the image's features. */
export interface Explanation {
  p: Float32Array;
  activation: Float32Array;
  gradCams: Float32Array[];
  features: Float32Array;
}

/** @param activations  of one image, [positions × length], row-major */
export function explain(activations: Float32Array, length: number, head: HeadWeights): Explanation {
  const { m: features } = pool(activations, length);
  const [p] = predict(head, [features]);
  const gradCams = Array.from(p!, (_, k) => gradCam(activations, head, k));
  return { p: p!, activation: activationMap(activations, length), gradCams, features };
}

/**
 * The answer by falling probability.
 * @param resemblance  what tells none of these, where that can be told and is wanted
 */
export function answered(
  { p, activation, gradCams, features }: Explanation,
  labels: readonly string[],
  resemblance: Resemblance | undefined,
): Omit<Prediction, 'backbone' | 'seconds'> {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  return {
    top: order.map(k => ({ label: labels[k]!, p: p[k]! })),
    activation,
    gradCams: order.map(k => gradCams[k]!),
    ...(resemblance && !resembles(resemblance, features) && { none: true }),
    features,
  };
}
