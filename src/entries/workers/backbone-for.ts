// Which backbone a training uses, and how it sees images.
import { backboneOf, featuresId } from '../../backbones';
import { backbonesOf, type HeadInput } from '../../backbones/together';
import type { Geometry } from '../../contract/backbone';
import type { BackboneInfo } from '../../contract/features';
import type { HeadChoice } from '../../contract/head';
import { availableBackbones, chosenBackbone, sameWeights } from '../../edges/store/backbones';
import { modelInUse } from '../../edges/store/models';
import type { TrainRequest } from './head-job';

/**
 * The chosen weights. A training that resumes goes on with those of the model in use, with all where there are several, and
 * sees images as that one does, unless they are gone.
 */
export async function backboneFor({ choice, resume }: Pick<TrainRequest, 'choice' | 'resume'>): Promise<HeadInput> {
  const before = resume ? await modelInUse() : undefined;
  if (before && (await goneBackbones(before)).length === 0) {
    const { backbone, beside } = before;
    return { backbone, ...(beside && { beside }) };
  }
  const chosen = await chosenBackbone();
  return { backbone: { ...chosen, id: featuresId(chosen.id, geometryFor(chosen, choice)) } };
}

/** Those whose weights are no longer there. */
export async function goneBackbones(input: HeadInput): Promise<BackboneInfo[]> {
  const there = await availableBackbones();
  return backbonesOf(input).filter(one => !there.some(({ id }) => sameWeights(id, one.id)));
}

/**
 * What competes with it in an automatic training: all other weights that know images. One that resumes goes on with its own,
 * and seeded weights stand alone.
 */
export function rivalsOf(
  { id, weights }: Pick<BackboneInfo, 'id' | 'weights'>,
  available: readonly BackboneInfo[],
  { choice, resume }: Pick<TrainRequest, 'choice' | 'resume'>,
): BackboneInfo[] {
  if (choice !== 'auto' || resume || weights === 'seeded') return [];
  const others = available.filter(one => one.weights !== 'seeded' && !sameWeights(one.id, id));
  return others.map(one => ({ ...one, id: featuresId(one.id, geometryFor(one, choice)) }));
}

/** The article squashed every image; its recipe, its head on its network, still does. */
export function geometryFor({ family }: Pick<BackboneInfo, 'family'>, choice: HeadChoice): Geometry {
  return choice === 'article' && backboneOf(family).network === 'ResNet-50' ? 'squash' : 'crop';
}
