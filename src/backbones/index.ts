// All backbones, and what their ids tell: which network, which weights, which geometry.
import type { Backbone, BackboneFamily, Geometry } from '../contract/backbone';
import { efficientnetLite0 } from './efficientnet-lite0';
import { resnet50Keras, resnet50Torch } from './resnet50';

/** The one that comes with every build stands first. */
export const BACKBONES: readonly Backbone[] = [efficientnetLite0, resnet50Keras, resnet50Torch];
export const BUILT_IN = efficientnetLite0;

export function backboneOf(family: BackboneFamily): Backbone {
  return BACKBONES.find(one => one.family === family)!;
}

/** The backbone an id of features or weights begins with; undefined for one this version does not know. */
export function backboneOfId(id: string): Backbone | undefined {
  return BACKBONES.find(({ prefix }) => id.startsWith(`${prefix}-`));
}

/** The end of an id: how the image became a square, and its side. */
const GEOMETRY = /-(crop|squash)\d+$/;

/** Ids from before there was a choice mean squash. */
export function geometryOf(id: string): Geometry {
  return GEOMETRY.exec(id)?.[1] === 'crop' ? 'crop' : 'squash';
}

/** What an id says of the weights alone. */
export function weightsOfId(id: string): string {
  return id.replace(GEOMETRY, '');
}

/** The id of the features that these weights make of images seen in this way. */
export function featuresId(id: string, geometry: Geometry): string {
  return `${weightsOfId(id)}-${geometry}${backboneOfId(id)?.side ?? 224}`;
}
