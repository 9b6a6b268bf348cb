// Adam as Keras's older optimiser has it: epsilon outside the root, the rate falling with every step.
import type { ArticleOptions } from '../../contract/head';
import type { Piece, Workspace } from '../../kernels/workspace';

const BETA1 = 0.9;
const BETA2 = 0.999;

/** A trainable array and its two moments, laid out alike. */
export interface Trained {
  weight: Piece;
  first: Piece;
  second: Piece;
}

export interface Adam {
  /** A new array of zeros; lengths are multiples of 4. */
  take(length: number): Trained;
  /** The next step begins: until the next call the rate is its. */
  begin(): void;
  /** Moves `count` values, from value `from` on, against the gradient that lies at this address. */
  update(array: Trained, gradient: number, from?: number, count?: number): void;
}

export function createAdam({ take, kernels }: Workspace, options: ArticleOptions): Adam {
  // The kernel keeps the moments without their factors, m / (1 − β₁) and v / (1 − β₂): √v is larger by `scale`.
  const scale = 1 / Math.sqrt(1 - BETA2);
  let steps = 0;
  let rate = 0;
  return {
    take: length => ({ weight: take(length), first: take(length), second: take(length) }),
    begin() {
      rate = learningRate(options, steps++) * (1 - BETA1) * scale;
    },
    update({ weight, first, second }, gradient, from = 0, count = weight.length) {
      const [w, m, v] = [weight, first, second].map(({ address }) => address + from * 4) as [number, number, number];
      kernels.adam(w, m, v, gradient, count, BETA1, BETA2, rate, options.epsilon * scale);
    },
  };
}

/** lr/(1 + decay·t) · √(1 − β₂^(t+1)) / (1 − β₁^(t+1)) before step t (Kingma & Ba 2014, the form before their section 2.1). */
function learningRate({ learningRate: rate, decay }: ArticleOptions, t: number): number {
  return ((rate / (1 + decay * t)) * Math.sqrt(1 - BETA2 ** (t + 1))) / (1 - BETA1 ** (t + 1));
}
