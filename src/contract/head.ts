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
  /** Learn from the mirror image of every training image too. Takes twice the features. */
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

/**
 * How strongly a linear head's weights are held back: the loss is the mean cross-entropy + l2/2 · ‖W‖². `lambda` is in units of
 * the features' variance, l2 = λ · total variance of the fit's rows / 100, so that one λ means as much for every backbone;
 * models from before there was one have the bare `l2`.
 */
export type Penalty = { lambda: number } | { l2: number };

/** `linear`: softmax(x·W + b), with the bare `l2` it was fitted by, and the λ that gave it where there was one. `article`: softmax(norm(relu(x·W1 + b1))·W2 + b2), norm with the stored statistics. */
export type HeadWeights =
  | { kind: 'linear'; w: Matrix; b: Float32Array; l2: number; lambda?: number }
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

/** Two backbones, or several together, by the cross-validated losses of their best linear heads, over the same folds. */
export interface BackboneComparison {
  /** Ids; of several together joined by +. */
  winner: string;
  other: string;
  /** How much lower the winner's mean loss is, and the standard error of that; negative where the smaller one was taken in doubt. */
  by: number;
  error: number;
  /** Of the weights in a saved model. */
  bytes: { winner: number; other: number };
  /** For 100 images on this device, where both were measured in this training. */
  seconds?: { winner: number; other: number };
}

/** One line of the automatic choice's table. */
export interface LeaderboardRow {
  kind: HeadWeights['kind'];
  /** Id of the backbone the head stands on, where it is another than the model's; of several together joined by +. */
  backbone?: string;
  /** Penalty of a linear head, in units of the features' variance; one from before there were such has the bare l2. */
  lambda?: number;
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
