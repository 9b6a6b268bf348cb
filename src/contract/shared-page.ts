// What a shared page holds of a model: the words of it, and where among its numbers each array stands.
import type { BackboneInfo } from './features';
import type { HeadWeights } from './head';

/** One array of the page's numbers, which stand end to end, little-endian. */
export interface SharedArray {
  /** `<layer>/<part>`, `head/<part>` or `resemblance/means`. */
  name: string;
  length: number;
  /** 16 is IEEE 754 binary16. */
  bits: 16 | 32;
}

export interface SharedModel {
  labels: string[];
  backbone: BackboneInfo;
  /** Further backbones whose features the head reads after those of the first. */
  beside?: BackboneInfo[];
  head: HeadWeights['kind'];
  /** The least cosine of what resembles anything learnt, where the page can tell. */
  least?: number;
  /** NaN is null in JSON: nothing was held out. */
  testAccuracy: number | null;
  tested: number;
  learnt: number;
  /** Milliseconds since 1970. */
  trainedAt: number;
  /** Version of the program. */
  gleaner: string;
  /** Texts that go with the network's weights. */
  licences: string[];
  arrays: SharedArray[];
}

/** The sentences of a page outside of the extension, as its locale has them. */
export interface SharedWords {
  language: string;
  direction: 'ltr' | 'rtl';
  messages: Record<string, string>;
}

/** What a layer's arrays are called; further backbones may have layers of the same name. */
export function sharedName(layer: string, backbone: number): string {
  return backbone === 0 ? layer : `${layer}_${backbone + 1}`;
}
