// Several backbones whose features stand side by side, so that one head reads all of them.
import type { BackboneInfo } from '../contract/features';
import { backboneOf, backboneOfId, geometryOf } from '.';

/** What a head reads: the features of `backbone`, and after them those of each backbone `beside` it. */
export interface HeadInput {
  backbone: BackboneInfo;
  beside?: BackboneInfo[];
}

/** All of them, in the order in which their features stand. */
export function backbonesOf({ backbone, beside = [] }: HeadInput): [BackboneInfo, ...BackboneInfo[]] {
  return [backbone, ...beside];
}

/** Number of features the head reads. */
export function inputLength(input: HeadInput): number {
  return backbonesOf(input).reduce((sum, { family }) => sum + backboneOf(family).length, 0);
}

/** One name for all of them: the ids, joined. */
export function inputId(input: HeadInput): string {
  return backbonesOf(input)
    .map(({ id }) => id)
    .join(SEPARATOR);
}

/** The ids that such a name is made of; of one backbone its own. */
export function idsOf(inputId: string): string[] {
  return inputId.split(SEPARATOR);
}
const SEPARATOR = '+';

/** The networks such a name stands for, for people; an id that is not known stands for itself. */
export function networkNames(inputId: string): string {
  return idsOf(inputId)
    .map(id => backboneOfId(id)?.network ?? id)
    .join(' + ');
}

/** Whether backbones see one and the same square of an image, so that one input serves all and their heat maps lie over each other. */
export function seeTheSame([first, ...others]: readonly BackboneInfo[]): boolean {
  return others.every(
    one =>
      first !== undefined &&
      geometryOf(one.id) === geometryOf(first.id) &&
      backboneOf(one.family).side === backboneOf(first.family).side,
  );
}
