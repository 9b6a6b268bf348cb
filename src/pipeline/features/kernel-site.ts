// Where everything of a network lies in the kernels' memory, and what its steps have in common.
import type { Activation } from '../../contract/backbone';
import type { Piece, Workspace } from '../../kernels/workspace';
import type { createTables, Maps } from './kernel-tables';

export interface Site {
  workspace: Workspace;
  tables: ReturnType<typeof createTables>;
  weights: Map<string, { weights: Piece; bias: Piece }>;
  maps: Map<string, Maps>;
  /** Of each convolution that is read in strips, the maps of eight channels of as many images as are worked on at once. */
  strips: Map<string, Maps & { images: number }>;
}

/** Computes the maps of so many images. */
export type Run = (count: number) => void;

/** What an activation holds its values between. */
export function boundsOf(activation: Activation): [floor: number, ceiling: number] {
  if (activation === 'none') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [0, activation === 'relu6' ? 6 : Number.POSITIVE_INFINITY];
}
