// Which penalties of the linear head are tried, and which one a head had. Screens read this: it needs no tensors.
import type { HeadWeights, Penalty } from '../../contract/head';

/** Values of λ tried, strong to weak, so that each fit starts from its smoother neighbour. */
export const LAMBDAS = [1, 0.3, 0.1, 0.03, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4];

/** The λ where nothing can be compared: within a point of the best one wherever we measured. */
export const PLAIN_LAMBDA = 1e-2;

/** The penalty a head was fitted with; the article's head has none, and the plain one stands in. */
export function penaltyOf(head: HeadWeights): Penalty {
  if (head.kind !== 'linear') return { lambda: PLAIN_LAMBDA };
  return head.lambda === undefined ? { l2: head.l2 } : { lambda: head.lambda };
}
