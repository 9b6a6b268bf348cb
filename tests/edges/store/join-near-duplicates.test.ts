// Groups joined by features: one split for all, whichever labels they have; nothing that was learnt is held out.
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_RATIOS, SPLITS } from '../../../src/contract/sample';
import { arrive, freshDatabase, type Store, sha, store } from './database';

let db: Store;
let joinNearDuplicates: typeof import('../../../src/edges/store/join-near-duplicates').joinNearDuplicates;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  ({ joinNearDuplicates } = await import('../../../src/edges/store/join-near-duplicates'));
});

const row = async (name: string) => (await db.sampleByHash(sha(name)))!;
async function fill(label: string, count: number): Promise<string[]> {
  const { id } = await db.createLabel(label);
  const names = Array.from({ length: count }, (_, i) => `${label}-${i}`);
  for (const name of names) await arrive(db, id, name);
  return names;
}
/** The first two names with these splits. */
async function withSplits(names: string[], ...splits: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const split of splits) {
    for (const name of names) {
      if (found.includes(name) || (await row(name)).split !== split) continue;
      found.push(name);
      break;
    }
  }
  expect(found).toHaveLength(splits.length);
  return found;
}

it('gives the pictures of a pair one group and the split that was learnt, and leaves all others', async () => {
  const names = await fill('bear', 60);
  const [held = '', learnt = ''] = await withSplits(names, 'test', 'train');
  const before = new Map(await Promise.all(names.map(async name => [name, await row(name)] as const)));
  await joinNearDuplicates([[sha(held), sha(learnt)]], DEFAULT_RATIOS);
  const [a, b] = [await row(held), await row(learnt)];
  expect(a.group).toBe([sha(held), sha(learnt)].sort()[0]);
  expect([b.group, a.split, b.split]).toEqual([a.group, 'train', 'train']);
  for (const name of names.filter(name => name !== held && name !== learnt))
    expect(await row(name)).toEqual(before.get(name));
  // The same once more changes nothing.
  await joinNearDuplicates([[sha(held), sha(learnt)]], DEFAULT_RATIOS);
  expect([await row(held), await row(learnt)]).toEqual([a, b]);
});

it('joins chains, across labels and with groups the hash has made, and tells of no picture that went', async () => {
  const bears = await fill('bear', 40);
  const cubs = await fill('cub', 40);
  const { id } = await db.createLabel('bear');
  await arrive(db, id, 'copy', { near: [bears[0]!] });
  await db.deleteSamples([sha(bears[9]!)], DEFAULT_RATIOS);
  const pairs = [
    [sha(bears[0]!), sha(cubs[0]!)],
    [sha(cubs[0]!), sha(bears[1]!)],
    [sha(bears[9]!), sha(cubs[1]!)],
    [sha('nobody'), sha(cubs[2]!)],
  ] as [string, string][];
  await joinNearDuplicates(pairs, DEFAULT_RATIOS);
  const joined = await Promise.all([bears[0]!, cubs[0]!, bears[1]!, 'copy'].map(row));
  expect(new Set(joined.map(({ group }) => group)).size).toBe(1);
  expect(new Set(joined.map(({ split }) => split)).size).toBe(1);
  expect((await row(cubs[1]!)).group).toBe(sha(cubs[1]!));
});

it('keeps every split of a label filled and new ratios keep the copies together', async () => {
  const names = await fill('bear', 24);
  const held = [];
  for (const name of names) if ((await row(name)).split !== 'train') held.push(name);
  const [learnt = ''] = await withSplits(names, 'train');
  await joinNearDuplicates(
    held.map(name => [sha(name), sha(learnt)]),
    DEFAULT_RATIOS,
  );
  const splits = new Set(await Promise.all(names.map(async name => (await row(name)).split)));
  expect(splits).toEqual(new Set(SPLITS));
  for (const ratios of [{ train: 0.4, valid: 0.3, test: 0.3 }, DEFAULT_RATIOS]) {
    await db.applyRatios(ratios);
    const group = (await row(learnt)).group;
    const together = [];
    for (const name of names) if ((await row(name)).group === group) together.push((await row(name)).split);
    expect(together.length).toBeGreaterThan(1);
    expect(new Set(together).size).toBe(1);
  }
});
