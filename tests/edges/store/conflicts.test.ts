// Label conflicts: which stand open, and how moving, deleting, merging and the user's word end them.
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { confirmationOf } from '../../../src/pipeline/bucket/conflicts';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
let conflicts: typeof import('../../../src/edges/store/conflicts');
let [bear, cub, wolf] = ['', '', ''];
beforeEach(async () => {
  freshDatabase();
  db = await store();
  conflicts = await import('../../../src/edges/store/conflicts');
  [bear, cub, wolf] = [
    (await db.createLabel('Bear')).id,
    (await db.createLabel('Cub')).id,
    (await db.createLabel('Wolf')).id,
  ];
  for (const name of ['a', 'alone']) await arrive(db, bear, name);
});

/** The same bytes come again for a label, as a download brings them. */
async function comeAgain(labelId: string, name: string, content: string) {
  const { jobAfter, jobId } = await import('../../../src/pipeline/queue/job');
  const end = await arrive(db, labelId, name, { content });
  if (end.kind !== 'duplicate') throw new Error(end.kind);
  const outcome = { kind: 'rejected', reason: 'duplicate-of', detail: end.labelId, sha256: sha(content) } as const;
  const { endAttempt } = db;
  await endAttempt(jobId(labelId, `https://img.example.com/${name}`), job => jobAfter(job, outcome, 0, 0));
}

/** The open ones of a kind: the images with the labels they stand under, and the labels that speak for them. */
const open = async (kind: 'same' | 'near') =>
  (await conflicts.openConflicts())
    .filter(conflict => conflict.kind === kind)
    .map(({ samples, labelIds }) => [samples.map(({ sha256, labelId }) => [labelId, sha256]), labelIds]);
/** Says of all open ones of a kind that their images are right where they stand, as the Dataset screen does for each in turn. */
async function confirm(kind: 'same' | 'near'): Promise<void> {
  for (const conflict of (await conflicts.openConflicts()).filter(one => one.kind === kind)) {
    const words = confirmationOf([conflict]).map(async ({ sha256, labelIds }) => {
      const known = (await db.sampleByHash(sha256))?.confirmedLabels ?? [];
      return { sha256, labelIds: [...known, ...labelIds] };
    });
    await conflicts.resolveConflicts(await Promise.all(words));
  }
}
const same = (name: string, labelId: string, ...foundFor: string[]) => [[[labelId, sha(name)]], foundFor.sort()];
/** In the order of the database: by SHA-256. */
const near = (...names: [string, string][]) => [
  names.map(([labelId, name]) => [labelId, sha(name)] as const).sort(([, a], [, b]) => (a < b ? -1 : 1)),
  [...new Set(names.map(([labelId]) => labelId))].sort(),
];

describe('an image found for several labels', () => {
  it('is in no conflict when both are one label', async () => {
    await comeAgain(bear, 'copy', 'a');
    expect(await open('same')).toEqual([]);
  });

  it('is in one conflict, however many labels and addresses it was found for', async () => {
    for (const name of ['copy', 'other']) await comeAgain(cub, name, 'a');
    expect(await open('same')).toEqual([same('a', bear, cub)]);
    await comeAgain(wolf, 'third', 'a');
    expect(await open('same')).toEqual([same('a', bear, cub, wolf)]);
  });

  it('is counted apart among what a harvest did not bring', async () => {
    await comeAgain(bear, 'copy', 'a');
    expect(await db.progressOf(harvestOf(bear).id)).toMatchObject({ rejected: 1, copies: 1 });
  });

  it('stays confirmed, wherever it is moved and whatever more of it comes, until yet another label has found it', async () => {
    await comeAgain(cub, 'copy', 'a');
    await confirm('same');
    expect(await open('same')).toEqual([]);
    await comeAgain(cub, 'once more', 'a');
    for (const labelId of [cub, bear, wolf, bear]) await db.moveSamples([sha('a')], labelId, DEFAULT_RATIOS);
    expect(await open('same')).toEqual([]);
    await comeAgain(wolf, 'third', 'a');
    expect(await open('same')).toEqual([same('a', bear, wolf)]);
    await conflicts.resolveConflicts([{ sha256: sha('a'), labelIds: [] }]);
    expect(await open('same')).toEqual([same('a', bear, cub, wolf)]);
    expect(await db.sampleByHash(sha('a'))).not.toHaveProperty('confirmedLabels');
  });

  it('is in no conflict once it is moved to the other label, and in it again when moved back', async () => {
    await comeAgain(cub, 'copy', 'a');
    await db.moveSamples([sha('a')], cub, DEFAULT_RATIOS);
    expect(await open('same')).toEqual([]);
    await db.moveSamples([sha('a')], bear, DEFAULT_RATIOS);
    expect(await open('same')).toEqual([same('a', bear, cub)]);
  });

  it('is in no conflict while it is deleted, and stays confirmed when it comes again in its own place', async () => {
    await comeAgain(cub, 'copy', 'a');
    await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
    expect(await open('same')).toEqual([]);
    await db.undeleteSamples([sha('a')], DEFAULT_RATIOS);
    await confirm('same');
    await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
    expect(await arrive(db, wolf, 'elsewhere', { content: 'a' })).toEqual({ kind: 'stored' });
    expect(await open('same')).toEqual([]);
  });

  it('stays confirmed when the label it was found for is merged into another, and when that is undone', async () => {
    await comeAgain(cub, 'copy', 'a');
    await confirm('same');
    const before = await db.sampleByHash(sha('a'));
    await db.mergeLabels(cub, wolf);
    expect(await open('same')).toEqual([]);
    await db.unmergeLabel(cub, DEFAULT_RATIOS);
    expect(await open('same')).toEqual([]);
    expect(await db.sampleByHash(sha('a'))).toEqual(before);
  });
});

describe('near-duplicates', () => {
  it('are in a conflict under two labels, in one split, and not under one', async () => {
    await arrive(db, bear, 'same label', { near: ['alone'] });
    expect(await open('near')).toEqual([]);
    await arrive(db, cub, 'copy', { near: ['a'] });
    expect(await open('near')).toEqual([near([bear, 'a'], [cub, 'copy'])]);
    const [one, other] = await Promise.all(['a', 'copy'].map(name => db.sampleByHash(sha(name))));
    expect([one!.split, one!.group]).toEqual([other!.split, other!.group]);
  });

  it('are in one when groups are joined by an image between them, and when the backbone joins them', async () => {
    await arrive(db, cub, 'c');
    await arrive(db, wolf, 'between', { near: ['a', 'c'] });
    expect(await open('near')).toEqual([near([bear, 'a'], [cub, 'c'], [wolf, 'between'])]);
    const { joinNearDuplicates } = await import('../../../src/edges/store/join-near-duplicates');
    for (const label of [bear, cub]) for (const n of [1, 2, 3]) await arrive(db, label, `${label} ${n}`);
    await joinNearDuplicates([[sha(`${bear} 1`), sha(`${cub} 1`)]], DEFAULT_RATIOS);
    expect(await open('near')).toHaveLength(2);
  });

  it('are in none once one is moved to the other, or deleted, and again when that is taken back', async () => {
    await arrive(db, cub, 'copy', { near: ['a'] });
    const before = await open('near');
    await db.moveSamples([sha('copy')], bear, DEFAULT_RATIOS);
    expect(await open('near')).toEqual([]);
    await db.moveSamples([sha('copy')], cub, DEFAULT_RATIOS);
    expect(await open('near')).toEqual(before);
    await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
    expect(await open('near')).toEqual([]);
    await db.undeleteSamples([sha('a')], DEFAULT_RATIOS);
    expect(await open('near')).toEqual(before);
  });

  it('stay confirmed through moves, deletions and more copies, until a third label has one', async () => {
    await arrive(db, cub, 'copy', { near: ['a'] });
    await confirm('near');
    expect(await open('near')).toEqual([]);
    await arrive(db, cub, 'again', { near: ['copy'] });
    await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
    await arrive(db, bear, 'under the first again', { near: ['copy'] });
    expect(await open('near')).toEqual([]);
    await db.moveSamples([sha('again')], wolf, DEFAULT_RATIOS);
    expect(await open('near')).toHaveLength(1);
    await db.moveSamples([sha('again')], cub, DEFAULT_RATIOS);
    expect(await open('near')).toEqual([]);
  });

  it('are in one again when the word is taken back', async () => {
    await arrive(db, cub, 'copy', { near: ['a'] });
    const before = await open('near');
    await confirm('near');
    await conflicts.resolveConflicts(['a', 'copy', 'nobody'].map(name => ({ sha256: sha(name), labelIds: [] })));
    expect(await open('near')).toEqual(before);
    expect(await db.sampleByHash(sha('a'))).not.toHaveProperty('confirmedLabels');
  });

  it('are all found where there are more than are read at a time, and when the first of a group is gone for good', async () => {
    const { grouped } = await import('../../../src/pipeline/bucket/near-duplicates/grouping');
    const row = (await db.sampleByHash(sha('a')))!;
    const tx = (await db.database()).transaction('samples', 'readwrite');
    const put = (sha256: string, group: string, labelId: string) =>
      tx.store.put(grouped({ ...row, sha256, group, labelId }));
    // One group spans two pages; others are of one label, two in each third.
    const [first = '', ...many] = Array.from({ length: 620 }, (_, n) => sha(`many ${n}`)).sort();
    await Promise.all([first, ...many].map((sha256, n) => put(sha256, first, n === 610 ? cub : bear)));
    const pairs = Array.from({ length: 300 }, (_, n) => [sha(`one ${n}`), sha(`two ${n}`)].sort() as [string, string]);
    await Promise.all(pairs.flatMap(([a, b], n) => [put(a, a, cub), put(b, a, n % 3 ? cub : wolf)]));
    await tx.done;
    const groups = await conflicts.openConflicts();
    expect(groups.map(({ samples }) => samples.length).sort((a, b) => b - a)).toEqual([620, ...Array(100).fill(2)]);
    await db.deleteSamples([first], DEFAULT_RATIOS);
    await db.emptyBin();
    const left = await conflicts.openConflicts();
    expect(left.find(({ samples }) => samples.length > 2)?.samples).toHaveLength(619);
  });
});

describe('an image in conflicts of both kinds', () => {
  beforeEach(async () => {
    await comeAgain(cub, 'address', 'a');
    await arrive(db, cub, 'copy', { near: ['a'] });
  });

  it('that is kept where it was found first is still asked about beside its near-duplicates', async () => {
    await confirm('same');
    expect([await open('same'), await open('near')]).toEqual([[], [near([bear, 'a'], [cub, 'copy'])]]);
    await confirm('near');
    expect([await open('same'), await open('near')]).toEqual([[], []]);
  });

  it('is asked about once where both labels are said to be right', async () => {
    await confirm('near');
    expect([await open('same'), await open('near')]).toEqual([[], []]);
  });
});

it('the newest samples come newest first, deleted ones left out', async () => {
  for (const name of ['b', 'c', 'd']) await arrive(db, bear, name);
  await db.deleteSamples([sha('c')], DEFAULT_RATIOS);
  expect((await db.newestSamplesOf(bear, 2)).map(({ sha256 }) => sha256)).toEqual([sha('d'), sha('b')]);
});
