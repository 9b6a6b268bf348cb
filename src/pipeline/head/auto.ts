// The automatic choice: cross-validates a short list of heads by loss, within a time cap, and says why the winner won.
import type { ArticleOptions, LeaderboardRow } from '../../contract/head';
import { trainArticle } from './article';
import { classify } from './classify';
import { type FeatureTable, score } from './data';
import { type Fold, makeFolds } from './folds';
import { openLinear } from './linear';
import { LAMBDAS, PLAIN_LAMBDA } from './penalty';
import { seededRandom } from './random';

const FOLDS = 5;
/** Timers hold no more than 32 bits of milliseconds. */
const MOST_SECONDS = 2e6;
/** A head this much worse than the best in mean loss after two folds will not catch up in five. */
const HOPELESS = 1.15;

export type Contender = { kind: 'linear'; lambda: number } | { kind: 'article' };

/** `reason` names a sentence `choice_<code>`. */
export interface ChosenHead {
  winner: Contender;
  leaderboard: LeaderboardRow[];
  /** The winner's cross-validated loss on each fold; empty where there were none. */
  losses: number[];
  reason: { code: 'lowest_loss' | 'time_cap' | 'too_small'; words: [] };
}

interface Selection {
  table: FeatureTable;
  /** Train and validation rows; test rows must not be among them. */
  rows: Int32Array;
  options: ArticleOptions;
  /** Whether the article's head competes, or only the penalties of the linear one. */
  withArticle: boolean;
  /** Seconds after which the fit under way is dropped and the best so far wins. */
  timeCap: number;
  onNote?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

interface Trial {
  candidate: Contender;
  losses: number[];
  accs: number[];
  seconds: number;
}

/** Where nothing can be compared. */
const PLAIN: Contender = { kind: 'linear', lambda: PLAIN_LAMBDA };

/** Every candidate is judged on rows its fit has not seen, after its last epoch: no fold picks its own best epoch. */
export async function chooseHead(selection: Selection): Promise<ChosenHead> {
  const { table, rows, options, withArticle, timeCap, onNote } = selection;
  const folds = makeFolds(table, rows, FOLDS, seededRandom(options.seed + 3));
  if (folds.length === 0)
    return { winner: PLAIN, leaderboard: [], losses: [], reason: { code: 'too_small', words: [] } };
  const linear: Trial[] = LAMBDAS.map(lambda => fresh({ kind: 'linear', lambda }));
  const article = fresh({ kind: 'article' });
  const total = folds.length * (withArticle ? 2 : 1);
  const deadline = performance.now() + timeCap * 1000;
  const cap = AbortSignal.timeout(Math.ceil(Math.min(timeCap, MOST_SECONDS) * 1000));
  const stop = selection.signal ? AbortSignal.any([selection.signal, cap]) : cap;
  // The timer ends a fit in its midst, but small fits leave it no turn to ring between them.
  const over = () => stop.aborted || performance.now() >= deadline;

  for (const [i, fold] of folds.entries()) {
    onNote?.(i, total);
    await judgeLinear(selection, fold, linear, stop);
    if (over()) break;
  }
  for (const [i, fold] of withArticle && !over() ? folds.entries() : []) {
    if (i >= 2 && mean(article.losses) > HOPELESS * Math.min(...linear.map(({ losses }) => mean(losses)))) break;
    onNote?.(folds.length + i, total);
    await judgeArticle(selection, fold, article, stop);
    if (over()) break;
  }
  const capped = over();
  const trials = [...linear, article].filter(({ losses }) => losses.length > 0);
  // Only heads that met the same folds compare; and who stops does not want to wait for the slow head's final fit.
  const complete = trials.filter(
    trial => trial.losses.length === linear[0]!.losses.length && !(selection.signal?.aborted && trial === article),
  );
  const best = complete.reduce((a, b) => (mean(b.losses) < mean(a.losses) ? b : a));
  const leaderboard = trials
    .map(trial => ({ ...row(trial, folds.length), winner: trial === best }))
    .sort((a, b) => a.loss - b.loss);
  const { candidate: winner, losses } = best;
  return { winner, leaderboard, losses, reason: { code: capped ? 'time_cap' : 'lowest_loss', words: [] } };
}

/** All penalties or none are judged on a fold. The first fold is always finished: without it nothing can be chosen. */
async function judgeLinear(
  { table, options }: Selection,
  { fit, held }: Fold,
  trials: Trial[],
  stop: AbortSignal,
): Promise<void> {
  const problem = openLinear(table, fit, options.classWeights);
  const signal = trials[0]!.losses.length === 0 ? undefined : stop;
  const judged: Judged[] = [];
  let start: Float64Array | undefined;
  try {
    for (const { candidate } of trials) {
      const began = performance.now();
      const fitted = await problem.fit(candidate as { lambda: number }, start, undefined, signal);
      if (signal?.aborted) return;
      start = fitted.parameters;
      judged.push({ ...score(table, held, await classify(fitted.weights, table, held)), seconds: since(began) });
    }
  } finally {
    problem.dispose();
  }
  for (const [i, trial] of trials.entries()) add(trial, judged[i]!);
}

async function judgeArticle({ table, options }: Selection, { fit, held }: Fold, trial: Trial, stop: AbortSignal) {
  const began = performance.now();
  const { weights } = await trainArticle({ table, train: fit, valid: new Int32Array(0), options, signal: stop });
  if (stop.aborted) return;
  add(trial, { ...score(table, held, await classify(weights, table, held)), seconds: since(began) });
}

interface Judged {
  loss: number;
  acc: number;
  seconds: number;
}

function add(trial: Trial, { loss, acc, seconds }: Judged): void {
  trial.losses.push(loss);
  trial.accs.push(acc);
  trial.seconds += seconds;
}

function since(began: number): number {
  return (performance.now() - began) / 1000;
}

function fresh(candidate: Contender): Trial {
  return { candidate, losses: [], accs: [], seconds: 0 };
}

function row({ candidate, losses, accs, seconds }: Trial, allFolds: number): Omit<LeaderboardRow, 'winner'> {
  return { ...candidate, folds: losses.length, allFolds, loss: mean(losses), acc: mean(accs), seconds };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
