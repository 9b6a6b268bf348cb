// One attempt at one job: fetch, with a Referer if the host wants one and the user allows it, then take the picture.
import type { Job, Outcome } from '../../contract/job';
import type { Fetched, FetchOptions } from '../../edges/fetch-image';
import { refusedAddress } from '../../pipeline/download/address';
import { mayNeedReferer, refusesStrangers } from '../../pipeline/download/status';
import { jobAfter } from '../../pipeline/queue/job';
import type { PictureTaker, PictureTools } from './take-picture';

export interface DownloadTools extends PictureTools {
  fetchImage(address: string, options: FetchOptions): Promise<Fetched>;
  hasAccessTo(address: string): Promise<boolean>;
  withReferer<T>(address: string, page: string, request: () => Promise<T>): Promise<T>;
  now(): number;
  random(): number;
}

export type Attempt =
  /** The sample and the job's end stand in the database. */
  | { kind: 'stored' }
  /** The job's end is still to be written. `answered`: a server answered. */
  | { kind: 'ended'; outcome: Exclude<Outcome, { kind: 'stored' }>; answered: boolean }
  | { kind: 'no-permission' }
  | { kind: 'unwanted' };

/** Rejects only with errors of the storage. `received` hears how many bytes came. */
export async function download(
  job: Job,
  taker: PictureTaker,
  tools: DownloadTools,
  received: (bytes: number) => void,
): Promise<Attempt> {
  // Before access to such a host is asked for; that it is not fetched either, `fetchImage` sees to for all who call it.
  const refused = refusedAddress(job.candidate.url);
  if (refused) return ended({ kind: 'rejected', reason: refused }, false);
  if (await taker.gaveUp({ jobId: job.id })) return ended({ kind: 'rejected', reason: 'undecodable' }, false);
  const fetched = await fetchFor(job, tools);
  if (fetched === 'no-permission') return { kind: fetched };
  if (!fetched.ok) return ended(fetched.outcome, fetched.status !== undefined);
  received(fetched.body.length);
  const { labelId, candidate, provenance, harvestId } = job;
  const after = (outcome: Outcome) => (row: Job) => jobAfter(row, outcome, tools.now(), tools.random());
  const taken = await taker.take(
    fetched.body,
    { labelId, candidate, provenance, harvestId },
    { jobId: job.id, ended: sha256 => after({ kind: 'stored', sha256 }) },
  );
  switch (taken.kind) {
    case 'unwanted':
    case 'stored':
      return { kind: taken.kind };
    case 'duplicate':
      return ended({ kind: 'rejected', reason: 'duplicate-of', detail: taken.labelId, sha256: taken.sha256 }, true);
    case 'full':
      return ended({ kind: 'rejected', reason: 'harvest-full' }, true);
    case 'refused':
      return ended(
        { kind: 'rejected', reason: taken.reason, ...(taken.detail === undefined ? {} : { detail: taken.detail }) },
        true,
      );
  }
}

/** Whatever the browser has against this one address or its page is an attempt that failed, and stops no other. */
async function fetchFor(job: Job, tools: DownloadTools): Promise<Fetched | 'no-permission'> {
  const address = job.candidate.url;
  const { honourOptOut, sendReferer } = await tools.settings();
  try {
    if (!(await tools.hasAccessTo(address))) return 'no-permission';
    const request = () => tools.fetchImage(address, { honourOptOut });
    const fetched = await request();
    const page = job.candidate.sourcePage;
    if (fetched.ok || fetched.status === undefined || !page || refusedAddress(page)) return fetched;
    const { status } = fetched;
    if (sendReferer === 'ask' && refusesStrangers(status))
      return { ok: false, status, outcome: { kind: 'rejected', reason: 'page-wanted', detail: `${status}` } };
    return sendReferer === 'always' && mayNeedReferer(status)
      ? await tools.withReferer(address, page, request)
      : fetched;
  } catch (error) {
    return { ok: false, outcome: { kind: 'retry', reason: 'network', detail: `${error}` } };
  }
}

function ended(outcome: Exclude<Outcome, { kind: 'stored' }>, answered: boolean): Attempt {
  return { kind: 'ended', outcome, answered };
}
