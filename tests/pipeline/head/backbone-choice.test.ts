// Which backbone is taken: a larger one only for more than chance does.
import { describe, expect, it } from 'vitest';
import { chooseBackbone, type RatedBackbone } from '../../../src/pipeline/head/backbone-choice';

function rated(id: string, bytes: number, losses: number[]): RatedBackbone {
  const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
  const row = { kind: 'linear', folds: 5, allFolds: 5, loss, acc: 0.9, seconds: 1, winner: true } as const;
  return {
    id,
    bytes,
    choice: {
      winner: { kind: 'linear', lambda: 0.1 },
      leaderboard: losses.length > 0 ? [{ ...row, lambda: 0.1 }] : [],
      losses,
      reason: { code: 'lowest_loss', words: [] },
    },
  };
}

const SMALL = rated('small', 7, [0.5, 0.4, 0.6, 0.5, 0.5]);

describe('the choice of a backbone', () => {
  it('takes the larger one that is better on every fold, whichever comes first', () => {
    const large = rated('large', 94, [0.4, 0.3, 0.5, 0.39, 0.41]);
    for (const order of [
      [SMALL, large],
      [large, SMALL],
    ] as const) {
      const { winner, comparisons, others } = chooseBackbone([...order]);
      expect(winner).toBe('large');
      const [one] = comparisons;
      expect(one).toMatchObject({ winner: 'large', other: 'small', bytes: { winner: 94, other: 7 } });
      expect(one?.by).toBeCloseTo(0.1);
      // Differences .1 .1 .1 .11 .09: their deviation is .00707, over √5.
      expect(one?.error).toBeCloseTo(0.00316, 5);
      expect(others).toMatchObject([{ backbone: 'small', winner: false, lambda: 0.1, loss: 0.5 }]);
    }
  });

  it('keeps the smaller one where the difference may be chance, and says what the larger would have gained', () => {
    const large = rated('large', 94, [0.1, 0.7, 0.2, 0.9, 0.5]);
    const { winner, comparisons } = chooseBackbone([large, SMALL]);
    expect(winner).toBe('small');
    expect(comparisons[0]?.by).toBeCloseTo(-0.02);
    expect(comparisons[0]?.error).toBeGreaterThan(0.02);
  });

  it('compares on the folds both met, and of one fold takes the smaller', () => {
    const capped = rated('large', 94, [0.1]);
    const { winner, comparisons } = chooseBackbone([capped, SMALL]);
    expect(winner).toBe('small');
    expect(comparisons[0]?.by).toBeCloseTo(-0.4);
  });

  it('takes the first where nothing could be compared', () => {
    const { winner, comparisons } = chooseBackbone([rated('large', 94, []), rated('small', 7, [])]);
    expect([winner, comparisons]).toEqual(['large', []]);
  });
});
