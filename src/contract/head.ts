// The trainable end of the network: options, weights and history.

/** Hyper-parameters of the article's head; the defaults are the article's. */
export interface ArticleOptions {
  epochs: number;
  batchSize: number;
  learningRate: number;
  /** Per-step decay of the learning rate: lr / (1 + decay · step). */
  decay: number;
  /** Adam's epsilon. */
  epsilon: number;
  dropout: number;
  hiddenUnits: number;
  seed: number;
  /** Weight classes inversely to their size when labels are uneven. */
  classWeights: boolean;
  /** Keep Keras's moving averages of batch norm instead of recomputing them over the training features. */
  strictKeras: boolean;
  /** Learn from the mirror image of every training picture too. Takes twice the features. */
  mirror: boolean;
}
export const ARTICLE_DEFAULTS: ArticleOptions = {
  epochs: 10,
  batchSize: 48,
  learningRate: 1e-3,
  decay: 1e-4,
  epsilon: 1e-2,
  dropout: 0.3,
  hiddenUnits: 1024,
  seed: 1,
  classWeights: true,
  strictKeras: false,
  mirror: false,
};

/** A dense matrix, row-major. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** `linear`: softmax(x·W + b). `article`: softmax(norm(relu(x·W1 + b1))·W2 + b2), norm with the stored statistics. */
export type HeadWeights =
  | { kind: 'linear'; w: Matrix; b: Float32Array; l2: number }
  | {
      kind: 'article';
      w1: Matrix;
      b1: Float32Array;
      gamma: Float32Array;
      beta: Float32Array;
      mean: Float32Array;
      variance: Float32Array;
      w2: Matrix;
      b2: Float32Array;
    };

/** Added to the variance inside batch norm, as Keras does. */
export const BATCH_NORM_EPSILON = 1e-3;

/** What tells an image that resembles nothing learnt, whatever the head makes of it. */
export interface Resemblance {
  /**
   * [labels × features], row-major, bit patterns of IEEE 754 binary16: the direction of each label's mean, which is that of its
   * images' features once each has length 1; a row has length 1, or 0 where a label has no features.
   */
  means: Uint16Array;
  /** The least cosine to the nearest mean, −1 to 1, of an image that resembles what was learnt. */
  least: number;
}

export interface EpochRecord {
  epoch: number;
  loss: number;
  acc: number;
  valLoss: number;
  valAcc: number;
}

/** Which head to train. `auto` cross-validates a short list and says why the winner won. */
export type HeadChoice = 'auto' | 'article' | 'linear';

/** One line of the automatic choice's table. */
export interface LeaderboardRow {
  kind: HeadWeights['kind'];
  /** Weight decay of a linear head. */
  l2?: number;
  /** Folds it was judged on, and how many there were: a head that falls behind is given up. */
  folds: number;
  allFolds: number;
  /** Mean cross-validated cross-entropy (natural log) and accuracy. */
  loss: number;
  acc: number;
  seconds: number;
  winner: boolean;
}
