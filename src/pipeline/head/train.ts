// One training, whichever head is asked for: choose, fit with validation in sight, and refit where that pays.
import { GleanerError } from '../../contract/error';
import type { ArticleOptions, EpochRecord, HeadChoice, HeadWeights, LeaderboardRow } from '../../contract/head';
import { trainArticle } from './article';
import { type Choice, chooseHead } from './auto';
import { classify } from './classify';
import type { FeatureTable } from './data';
import { trainLinear } from './linear';

export interface HeadRequest {
  table: FeatureTable;
  /** Row numbers; train must hold at least two classes. */
  train: Int32Array;
  valid: Int32Array;
  choice: HeadChoice;
  options: ArticleOptions;
  timeCap: number;
  /** `code` names a sentence `progress_<code>`. */
  onProgress?: (
    code: 'choosing' | 'fitting' | 'fitting_linear' | 'refitting',
    words: string[],
    history: EpochRecord[],
  ) => void;
  /** Aborting keeps the best so far. */
  signal?: AbortSignal;
}

export interface TrainedHead {
  weights: HeadWeights;
  history: EpochRecord[];
  bestEpoch: number;
  /** Probabilities of the validation rows, by a fit that has not seen them, even when the final one has. */
  valid: Float32Array;
  leaderboard?: LeaderboardRow[];
  reason?: Choice['reason'];
}

/**
 * The article's own way keeps the epoch of smallest validation loss. The automatic and the linear choice are refitted on
 * train + valid once the validation has been measured; an article's head that wins is refitted for its best number of epochs.
 */
export async function trainHead(request: HeadRequest): Promise<TrainedHead> {
  const { table, train, valid, choice, options, timeCap, onProgress, signal } = request;
  if (train.length === 0) throw new GleanerError('no_images');
  if (new Set(Int32Array.from(train, row => table.truth[row]!)).size < 2) throw new GleanerError('one_label');
  const onEpoch = (history: EpochRecord[]) => onProgress?.('fitting', [], history);
  if (choice === 'article') return trainArticleAndRate(request, onEpoch);

  const both = Int32Array.from([...train, ...valid]);
  const { winner, leaderboard, reason } = await chooseHead({
    table,
    rows: both,
    options,
    withArticle: choice === 'auto',
    timeCap,
    onNote: (name, done, total) => onProgress?.('choosing', [name, String(done + 1), String(total)], []),
    signal,
  });
  if (winner.kind === 'article') {
    const first = await trainArticleAndRate(request, onEpoch);
    if (valid.length === 0 || signal?.aborted) return { ...first, leaderboard, reason };
    onProgress?.('refitting', [], first.history);
    const again = { ...options, epochs: first.bestEpoch };
    const { weights } = await trainArticle({ table, train: both, valid: new Int32Array(0), options: again, signal });
    // A refit cut short is worse than the whole fit before it.
    return { ...first, weights: signal?.aborted ? first.weights : weights, leaderboard, reason };
  }
  const settings = { l2: winner.l2, balanced: options.classWeights };
  // A stop during the choice has been obeyed; the fit of what was chosen takes a second and is what the person keeps.
  const stop = signal?.aborted ? undefined : signal;
  const onIteration = (history: EpochRecord[]) => onProgress?.('fitting_linear', [], history);
  const first = await trainLinear(table, train, valid, settings, onIteration, stop);
  const p = await classify(first.weights, table, valid);
  const kept = { history: first.history, bestEpoch: first.history.length, valid: p, leaderboard, reason };
  if (valid.length === 0 || signal?.aborted) return { ...kept, weights: first.weights };
  onProgress?.('refitting', [], first.history);
  const { weights } = await trainLinear(table, both, new Int32Array(0), settings, undefined, signal);
  return { ...kept, weights: signal?.aborted ? first.weights : weights };
}

async function trainArticleAndRate(
  { table, train, valid, options, signal }: HeadRequest,
  onEpoch: (history: EpochRecord[]) => void,
): Promise<TrainedHead> {
  const result = await trainArticle({ table, train, valid, options, onEpoch, signal });
  return { ...result, valid: await classify(result.weights, table, valid) };
}
