// Which backbone a training takes, where several have features: by cross-validated loss, and the smaller one in doubt.
import type { BackboneComparison, LeaderboardRow } from '../../contract/head';
import type { ChosenHead } from './auto';

/** A backbone, and how the heads on its features did. */
export interface RatedBackbone {
  id: string;
  /** Of its weights, as a saved model holds them. */
  bytes: number;
  choice: ChosenHead;
}

export interface BackboneChoice {
  winner: string;
  /** The winner against each of the others, nearest first. */
  comparisons: BackboneComparison[];
  /** Best head of each of the others. */
  others: LeaderboardRow[];
}

/**
 * The smallest backbone wins unless another's best head has a lower loss by more than one standard error of the difference
 * over the folds, which are the same for all: what chance may have done is not worth a larger model. The first of the list
 * wins where nothing could be compared.
 */
export function chooseBackbone(rated: readonly [RatedBackbone, ...RatedBackbone[]]): BackboneChoice {
  const judged = rated.filter(({ choice }) => choice.losses.length > 0);
  const [smallest, ...larger] = judged.toSorted((a, b) => a.bytes - b.bytes);
  if (!smallest) return { winner: rated[0].id, comparisons: [], others: [] };
  let winner = smallest;
  for (const one of larger) {
    const { by, error } = difference(one, winner);
    if (by > error) winner = one;
  }
  const rest = judged.filter(one => one !== winner);
  const comparisons = rest
    .map(other => ({
      winner: winner.id,
      other: other.id,
      ...difference(winner, other),
      bytes: { winner: winner.bytes, other: other.bytes },
    }))
    .sort((a, b) => a.by - b.by);
  const others = rest.map(({ id, choice }) => ({
    ...choice.leaderboard.find(row => row.winner)!,
    winner: false,
    backbone: id,
  }));
  return { winner: winner.id, comparisons, others };
}

/** How much lower the loss of `a` is over the folds both met, and its standard error; of one fold nobody knows the error. */
function difference(a: RatedBackbone, b: RatedBackbone): { by: number; error: number } {
  const folds = Math.min(a.choice.losses.length, b.choice.losses.length);
  const each = Array.from({ length: folds }, (_, i) => b.choice.losses[i]! - a.choice.losses[i]!);
  const by = each.reduce((sum, value) => sum + value, 0) / folds;
  const squares = each.reduce((sum, value) => sum + (value - by) ** 2, 0);
  return { by, error: folds < 2 ? Math.abs(by) : Math.sqrt(squares / (folds - 1) / folds) };
}
