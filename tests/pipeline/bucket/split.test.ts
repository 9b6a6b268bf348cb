// Splits: stable as samples come and go, true to the ratios, none empty from ten samples on.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RATIOS, SPLITS, type Split, type SplitRatios } from '../../../src/contract/sample';
import { place } from '../../../src/pipeline/bucket/near-duplicates/grouping';
import { fillEmptySplits, type Group, position, splitOf } from '../../../src/pipeline/bucket/split';

const hash = (n: number | string) => createHash('sha256').update(String(n)).digest('hex');
const groupsOf = (leaders: string[], ratios: SplitRatios): Group[] =>
  leaders.map(leader => ({ leader, split: splitOf(leader, ratios), size: 1 }));
const ratios = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([train, valid, test]) => {
    const sum = train + valid + test;
    return { train: train / sum, valid: valid / sum, test: test / sum };
  });

describe('splitOf', () => {
  it('keeps to the ratios within two points among two thousand', () => {
    fc.assert(
      fc.property(ratios, fc.nat(), (wanted, seed) => {
        const splits = Array.from({ length: 4000 }, (_, n) => splitOf(hash(`${seed}-${n}`), wanted));
        for (const split of SPLITS)
          expect(Math.abs(splits.filter(each => each === split).length / 4000 - wanted[split])).toBeLessThan(0.03);
      }),
      { numRuns: 10 },
    );
  }, 30_000);

  it('moves only what lies near a threshold when the ratios change', () => {
    const more = { train: 0.68, valid: 0.16, test: 0.16 };
    for (let n = 0; n < 2000; n++) {
      const leader = hash(n);
      if (splitOf(leader, DEFAULT_RATIOS) === splitOf(leader, more)) continue;
      const at = position(leader);
      expect(Math.min(Math.abs(at - 0.155), Math.abs(at - 0.31))).toBeLessThanOrEqual(0.011);
    }
  });
});

describe('fillEmptySplits', () => {
  it('leaves no wanted split empty from ten samples on, and touches nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 60 }), ratios, (seeds, wanted) => {
        const groups = groupsOf(seeds.map(hash), wanted);
        const moves = fillEmptySplits(groups, wanted);
        if (groups.length < 10) {
          expect(moves.size).toBe(0);
          return;
        }
        const after = groups.map(group => moves.get(group.leader) ?? group.split);
        for (const split of SPLITS.filter(name => wanted[name] > 0)) expect(after).toContain(split);
        const empty = SPLITS.filter(split => wanted[split] > 0 && !groups.some(group => group.split === split));
        expect(moves.size).toBe(empty.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not move the only group there is', () => {
    expect(fillEmptySplits([{ leader: hash(1), split: 'train', size: 30 }], DEFAULT_RATIOS).size).toBe(0);
  });
});

describe('place', () => {
  it('keeps every sample where it is while others come, except groups that turn out to be one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), fc.nat(8)), { maxLength: 60 }), arrivals => {
        const rows = new Map<string, { sha256: string; group: string; split: Split; cluster: number }>();
        for (const [seed, cluster] of arrivals) {
          const sha256 = hash(seed);
          if (rows.has(sha256)) continue;
          // Images of one cluster are near each other; cluster 0 holds single images.
          const near = [...rows.values()].filter(row => cluster > 0 && row.cluster === cluster);
          const { group, split, changed } = place(sha256, near, DEFAULT_RATIOS);
          for (const row of rows.values()) {
            if (changed.includes(row.group)) Object.assign(row, { group, split });
          }
          if (near[0]) expect(split).toBe(near[0].split);
          rows.set(sha256, { sha256, group, split, cluster });
        }
        for (const row of rows.values()) {
          const mates = [...rows.values()].filter(other => row.cluster > 0 && other.cluster === row.cluster);
          for (const mate of mates) expect([mate.group, mate.split]).toEqual([row.group, row.split]);
          if (mates.length > 0) expect(row.group).toBe(mates.map(mate => mate.sha256).sort()[0]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('joins groups a new sample connects under the split of the first', () => {
    const near = [
      { sha256: 'b1', group: 'b0', split: 'test' as const },
      { sha256: 'c1', group: 'c0', split: 'train' as const },
    ];
    expect(place('d0', near, DEFAULT_RATIOS)).toEqual({ group: 'b0', split: 'test', changed: ['c0'] });
    expect(place('a0', near, DEFAULT_RATIOS)).toEqual({ group: 'a0', split: 'test', changed: ['b0', 'c0'] });
  });

  it('lets a group of more than eight take in only what is near to half of it', () => {
    const large = Array.from({ length: 9 }, (_, n) => ({ sha256: `g${n}`, group: 'g0', split: 'train' as const }));
    const small = { sha256: 'h0', group: 'h0', split: 'test' as const };
    const sizeOf = (group: string) => (group === 'g0' ? 9 : 1);
    // Near to few of a large group: it joins the small one alone, or founds its own.
    expect(place('z0', [large[0]!, large[1]!, small], DEFAULT_RATIOS, sizeOf)).toMatchObject({
      group: 'h0',
      changed: [],
    });
    expect(place('z0', large.slice(0, 2), DEFAULT_RATIOS, sizeOf).group).toBe('z0');
    expect(place('z0', large.slice(0, 5), DEFAULT_RATIOS, sizeOf)).toMatchObject({ group: 'g0', split: 'train' });
  });
});
