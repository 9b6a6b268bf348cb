// Version 4: what the user said of images found for two labels, and of near-duplicates under several, becomes one
// field of samples, and groups of flat images come apart.
import type { ConfirmedLabels } from '../../contract/conflict';
import type { Job } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import type { Step } from '../../contract/step';
import { labelsWith, withConfirmed } from '../../pipeline/bucket/conflicts';
import { grouped } from '../../pipeline/bucket/near-duplicates/grouping';
import type { UpgradeTransaction } from '../database';
import type { FromBackup } from '../store/arrivals';
import type { InboxOrigin } from '../store/inbox';
import { flatGroups } from './flat-groups';
import { addTo, type EarlierStep, type LabelSets, type StepOrder, sharedOut } from './version-3-steps';

/** A sample as versions before wrote it. The rows whose places it took, or that took its own, lie inside it. */
type EarlierSample = Omit<Sample, 'confirmedLabels' | 'nearDuplicateOf' | 'former' | 'later'> & {
  alikeTo?: string;
  /** What was said of near-duplicates. */
  rightUnder?: string[];
  former?: EarlierSample;
  later?: EarlierSample;
};
/** A download that ended as a duplicate: what was said of the image it brought again. */
type EarlierJob = Job & { settled?: true };
/** Of an image of a restore that was cut off. */
type EarlierOrigin = Omit<InboxOrigin, 'fromBackup'> & {
  kept?: Omit<FromBackup, 'confirmedLabels'> & Pick<EarlierSample, 'rightUnder'>;
};

/** Rows read at a time. */
const PAGE = 500;

/** Rejects as the transaction does. Only rows that change are written. */
export async function toVersion4(tx: UpgradeTransaction): Promise<void> {
  const settled = await takeFromJobs(tx);
  await changeSteps(tx, settled);
  await giveToSamples(tx, settled, await flatGroups(tx));
  await changeInbox(tx);
}

/** Which labels an image was found for and confirmed against, by SHA-256. */
async function takeFromJobs(tx: UpgradeTransaction): Promise<LabelSets> {
  const settled: LabelSets = new Map();
  const store = tx.objectStore('jobs');
  for (let range: IDBKeyRange | undefined; ; ) {
    const page: EarlierJob[] = await store.getAll(range, PAGE);
    for (const { settled: was, ...job } of page) {
      if (!was) continue;
      if (job.sha256 !== undefined) addTo(settled, job.sha256, [job.labelId]);
      await store.put(job);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return settled;
    range = IDBKeyRange.lowerBound(last.id, true);
  }
}

/** @param apart  groups whose images are no near-duplicates; each keeps its split, so that no held-out image has been learnt */
async function giveToSamples(tx: UpgradeTransaction, settled: LabelSets, apart: ReadonlySet<string>): Promise<void> {
  const store = tx.objectStore('samples');
  for (let range: IDBKeyRange | undefined; ; ) {
    const page: EarlierSample[] = await store.getAll(range, PAGE);
    for (const was of page) {
      const row = apart.has(was.group) ? { ...was, group: was.sha256 } : was;
      const found = settled.get(row.sha256);
      const nested = row.former ?? row.later;
      if (found || nested || row.rightUnder || was.group !== was.sha256) await store.put(sampleOf(row, found));
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    range = IDBKeyRange.lowerBound(last.sha256, true);
  }
}

/** @param found  what was said of the bytes, whichever row they belong to */
function sampleOf(
  { alikeTo: _index, rightUnder, former, later, ...row }: EarlierSample,
  found: ReadonlySet<string> = new Set(),
): Sample {
  const sample: Sample = {
    ...row,
    ...(former && { former: sampleOf(former, found) }),
    ...(later && { later: sampleOf(later, found) }),
  };
  return grouped(withConfirmed(sample, labelsWith(rightUnder, [...found])));
}

async function changeInbox(tx: UpgradeTransaction): Promise<void> {
  for (let cursor = await tx.objectStore('inbox').openCursor(); cursor; cursor = await cursor.continue()) {
    const earlier: EarlierOrigin | undefined = cursor.value.origin;
    if (!earlier?.kept) continue;
    const { kept, ...origin } = earlier;
    const { rightUnder, ...known } = kept;
    const fromBackup = { ...known, ...(rightUnder && { confirmedLabels: rightUnder }) };
    await cursor.update({ ...cursor.value, origin: { ...origin, fromBackup } });
  }
}

/** The way back of both kinds of words, in the one kind of step there is now. */
async function changeSteps(tx: UpgradeTransaction, settled: LabelSets): Promise<void> {
  const meta = tx.objectStore('meta');
  const { done = [], undone = [] } = ((await meta.get('steps')) ?? {}) as Partial<StepOrder>;
  const read = async ({ id }: { id: string }) => {
    const key = `step:${id}`;
    const step = (await meta.get(key)) as EarlierStep | Step | undefined;
    if (step?.kind === 'keep') return [{ key, said: await foundFor(tx, step.jobIds), near: false }];
    if (step?.kind === 'keep-alike') return [{ key, said: step.words, before: step.before, near: true }];
    return [];
  };
  const before = (await Promise.all(done.map(read))).flat();
  // The last of these is done again first.
  const after = (await Promise.all(undone.map(read))).flat().reverse();
  const said = await Promise.all(
    [...new Set(before.flatMap(step => step.said.map(({ sha256 }) => sha256)))].map(async sha256 => {
      const sample: EarlierSample | undefined = await tx.objectStore('samples').get(sha256);
      return [sha256, sample?.rightUnder ?? []] as const;
    }),
  );
  for (const { key, confirmed } of sharedOut([...before, ...after], before.length, settled, new Map(said)))
    await meta.put({ kind: 'resolve-conflicts', confirmed } satisfies Step, key);
}

/** The labels that downloads brought images again for. */
async function foundFor(tx: UpgradeTransaction, jobIds: readonly string[]): Promise<ConfirmedLabels[]> {
  const jobs = await Promise.all(jobIds.map(id => tx.objectStore('jobs').get(id)));
  const labels: LabelSets = new Map();
  for (const job of jobs) if (job?.sha256 !== undefined) addTo(labels, job.sha256, [job.labelId]);
  return [...labels].map(([sha256, ids]) => ({ sha256, labelIds: [...ids].sort() }));
}
