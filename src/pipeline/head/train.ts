// One training, whichever head is asked for: choose, fit with validation in sight, and refit where that pays.
import { GleanerError } from '../../contract/error';
import type {
  ArticleOptions,
  EpochRecord,
  HeadChoice,
  HeadWeights,
  LeaderboardRow,
  Penalty,
} from '../../contract/head';
import { trainArticle } from './article';
import type { ArticleWeights } from './article-network';
import { type ChosenHead, chooseHead } from './auto';
import { classify } from './classify';
import type { FeatureTable } from './data';
import { type LinearWeights, trainLinear } from './linear';
import { penaltyOf } from './penalty';

export interface HeadRequest {
  table: FeatureTable;
  /** Row numbers; train must hold at least two classes. */
  train: Int32Array;
  valid: Int32Array;
  choice: HeadChoice;
  options: ArticleOptions;
  timeCap: number;
  /** A head with the table's classes to resume from; then none are compared. */
  start?: HeadWeights | undefined;
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
  /** The fit that has not seen the validation rows, where `weights` has. */
  unseen?: HeadWeights;
  history: EpochRecord[];
  bestEpoch: number;
  /** Probabilities of the validation rows, by a fit that has not seen them, even when the final one has. */
  valid: Float32Array;
  leaderboard?: LeaderboardRow[];
  reason?: ChosenHead['reason'];
}

/**
 * The article's own way keeps the epoch of smallest validation loss. The automatic and the linear choice are refitted on
 * train + valid once the validation has been measured; an article's head that wins is refitted for its best number of epochs.
 */
export async function trainHead(request: HeadRequest): Promise<TrainedHead> {
  const { table, train, valid, choice, options, timeCap, start, onProgress, signal } = request;
  if (train.length === 0) throw new GleanerError('no_images');
  if (new Set(Int32Array.from(train, row => table.truth[row]!)).size < 2) throw new GleanerError('one_label');
  if (start) return start.kind === 'linear' ? fitLinear(request, penaltyOf(start), start) : fitArticle(request, start);
  if (choice === 'article') return fitArticle(request);

  const { winner, leaderboard, reason } = await chooseHead({
    table,
    rows: Int32Array.from([...train, ...valid]),
    options,
    withArticle: choice === 'auto',
    timeCap,
    onNote: (done, total) => onProgress?.('choosing', [String(done + 1), String(total)], []),
    signal,
  });
  const fitted = await (winner.kind === 'article'
    ? fitArticle(request)
    : fitLinear(request, { lambda: winner.lambda }));
  return { ...fitted, leaderboard, reason };
}

async function fitArticle(request: HeadRequest, initial?: ArticleWeights): Promise<TrainedHead> {
  const { table, train, valid, choice, onProgress, signal } = request;
  const options = initial ? { ...request.options, hiddenUnits: initial.w1.columns } : request.options;
  const onEpoch = (history: EpochRecord[]) => onProgress?.('fitting', [], history);
  const result = await trainArticle({ table, train, valid, options, initial, onEpoch, signal });
  const first = { ...result, valid: await classify(result.weights, table, valid) };
  if (choice === 'article' || valid.length === 0 || signal?.aborted) return first;
  onProgress?.('refitting', [], first.history);
  const both = Int32Array.from([...train, ...valid]);
  const again = { ...options, epochs: first.bestEpoch };
  const none = new Int32Array(0);
  const { weights } = await trainArticle({ table, train: both, valid: none, options: again, initial, signal });
  // A refit cut short is worse than the whole fit before it.
  return signal?.aborted ? first : { ...first, weights, unseen: first.weights };
}

async function fitLinear(request: HeadRequest, penalty: Penalty, initial?: LinearWeights): Promise<TrainedHead> {
  const { table, train, valid, options, onProgress, signal } = request;
  const settings = { penalty, balanced: options.classWeights, initial };
  // A stop during the choice has been obeyed; the fit of what was chosen takes a second and is what the person keeps.
  const stop = signal?.aborted ? undefined : signal;
  const onIteration = (history: EpochRecord[]) => onProgress?.('fitting_linear', [], history);
  const { weights: unseen, history } = await trainLinear(table, train, valid, settings, onIteration, stop);
  const p = await classify(unseen, table, valid);
  const first = { weights: unseen, history, bestEpoch: history.length, valid: p };
  if (valid.length === 0 || signal?.aborted) return first;
  onProgress?.('refitting', [], history);
  const both = Int32Array.from([...train, ...valid]);
  const { weights } = await trainLinear(table, both, new Int32Array(0), settings, undefined, signal);
  return signal?.aborted ? first : { ...first, weights, unseen };
}
