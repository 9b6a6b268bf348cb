// The queue's rows: put in by harvests, read by the pump host by host, counted for the screens.
import type { Candidate } from '../../contract/candidate';
import { GleanerError } from '../../contract/error';
import type { Harvest, HarvestProgress, PauseReason } from '../../contract/harvest';
import { type Job, REASONS, type Reason } from '../../contract/job';
import { isGivenUp, jobId, newJob, requeued } from '../../pipeline/queue/job';
import { database } from '../database';
import { deletedLabel } from './deleted-labels';
import { drain } from './drain';
import { pauseReason } from './pause';

/**
 * Puts candidates into the queue under the harvest's label, in one transaction. An address the label already knows is
 * counted as `known`; one that was cancelled, or undone with its harvest, is taken up again. The harvest's own row is the
 * caller's. Rejects with 'label_gone' when there is no such label any more.
 */
export async function enqueue(harvest: Harvest, candidates: Candidate[]): Promise<{ added: number; known: number }> {
  const now = Date.now();
  const tx = (await database()).transaction(['jobs', 'labels'], 'readwrite');
  const jobs = tx.objectStore('jobs');
  // Asked here and not before: everything may have been deleted since.
  if ((await tx.objectStore('labels').getKey(harvest.labelId)) === undefined) throw new GleanerError('label_gone');
  // The page may offer one address many times.
  const fresh = new Map(
    candidates.map((candidate, rank) => [jobId(harvest.labelId, candidate.url), { candidate, rank }]),
  );
  let added = 0;
  await Promise.all(
    [...fresh].map(async ([id, { candidate, rank }]) => {
      const job = await jobs.get(id);
      if (job && !isGivenUp(job)) return;
      added++;
      await jobs.put(newJob(harvest, candidate, now, rank));
    }),
  );
  await tx.done;
  return { added, known: candidates.length - added };
}

/** How far a harvest is. Rejects with 'harvest_gone' when there is no such harvest. */
export async function progressOf(harvestId: string): Promise<HarvestProgress> {
  const paused = await pauseReason();
  const tx = (await database()).transaction(['harvests', 'labels', 'jobs']);
  const harvest = await tx.objectStore('harvests').get(harvestId);
  if (!harvest) throw new GleanerError('harvest_gone');
  const count = (state: Job['state']) =>
    tx
      .objectStore('jobs')
      .index('byHarvest')
      .count(IDBKeyRange.only([harvestId, state]));
  const jobs = tx.objectStore('jobs');
  const [label, stored, queued, rejected, copied] = await Promise.all([
    tx.objectStore('labels').get(harvest.labelId),
    count('stored'),
    count('queued'),
    jobs.index('byHarvest').getAllKeys(IDBKeyRange.only([harvestId, 'rejected'])),
    jobs.index('byReason').getAllKeys(IDBKeyRange.only([harvest.labelId, 'duplicate-of' satisfies Reason])),
  ]);
  const ofLabel = new Set(copied);
  const copies = rejected.filter(id => ofLabel.has(id)).length;
  const progress = {
    harvest,
    label: label?.name ?? harvest.newLabel ?? (await deletedLabel(harvest.labelId).get())?.label.name ?? '',
    stored,
    queued,
    rejected: rejected.length,
    copies,
  };
  return paused === undefined ? progress : { ...progress, paused };
}

/** Rows read at a time. */
const PAGE = 1000;

/** Every job of a label, by address, read in pages, so that the consumer may await meanwhile. */
export async function* jobsOf(labelId: string): AsyncGenerator<Job> {
  const end = `${labelId}\n\uffff`;
  // A job's key begins with its label's id.
  for (let range = IDBKeyRange.bound(`${labelId}\n`, end); ; ) {
    const page = await (await database()).getAll('jobs', range, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    range = IDBKeyRange.bound(last.id, end, true);
  }
}

/** Reasons of jobs that count as left out: what was undone with its harvest does not. */
const LEFT_OUT = REASONS.filter(reason => reason !== 'undone');

/** Jobs of a label that ended without a sample, by reason, at most `limit`. */
export async function rejectedJobs(labelId: string, limit: number): Promise<Job[]> {
  const index = (await database()).transaction('jobs').store.index('byReason');
  const rows: Job[] = [];
  for (const reason of LEFT_OUT) {
    if (rows.length >= limit) break;
    rows.push(...(await index.getAll(IDBKeyRange.only([labelId, reason]), limit - rows.length)));
  }
  return rows;
}

export async function queueState(): Promise<{ queued: number; paused?: PauseReason }> {
  const paused = await pauseReason();
  const queued = await (await database()).countFromIndex('jobs', 'byState', 'queued');
  return paused === undefined ? { queued } : { queued, paused };
}

/** Ends the queued jobs of a label as 'cancelled'; returns how many. */
export async function cancelLabel(labelId: string): Promise<number> {
  const tx = (await database()).transaction('jobs', 'readwrite');
  const count = await drain(tx.store.index('byLabel'), IDBKeyRange.only([labelId, 'queued']), job =>
    tx.store.put({ ...job, state: 'rejected', reason: 'cancelled' }),
  );
  await tx.done;
  return count;
}

/**
 * Puts rejected jobs back into the queue, of one label or all, for one reason or all; returns how many. What was undone with
 * its harvest comes back with it alone. A harvest that was full may bring as many bytes again.
 */
export async function retryRejected(labelId?: string, reason?: Reason): Promise<number> {
  const now = Date.now();
  const tx = (await database()).transaction(['jobs', 'labels', 'harvests'], 'readwrite');
  const jobs = tx.objectStore('jobs');
  const full = new Set<string>();
  let count = 0;
  // Deleted labels keep their jobs for `undeleteLabel`; those are not for retrying, also where a page still shows such a label.
  const labels = (await tx.objectStore('labels').getAllKeys()).filter(id => labelId === undefined || id === labelId);
  const reasons = reason === undefined ? LEFT_OUT : [reason];
  for (const label of labels) {
    for (const wanted of reasons) {
      const range = IDBKeyRange.only([label, wanted]);
      count += await drain(jobs.index('byReason'), range, job => {
        if (job.reason === 'harvest-full') full.add(job.harvestId);
        return jobs.put(requeued(job, now));
      });
    }
  }
  for (const id of full) {
    const harvest = await tx.objectStore('harvests').get(id);
    if (harvest) await tx.objectStore('harvests').put({ ...harvest, bytes: 0 });
  }
  await tx.done;
  return count;
}
