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

/** Rejects only with errors of the storage. */
export async function download(job: Job, taker: PictureTaker, tools: DownloadTools): Promise<Attempt> {
  const address = job.candidate.url;
  const refused = refusedAddress(address);
  if (refused) return ended({ kind: 'rejected', reason: refused }, false);
  if (!(await tools.hasAccessTo(address))) return { kind: 'no-permission' };
  const { honourOptOut, sendReferer } = await tools.settings();
  const request = () => tools.fetchImage(address, { honourOptOut });
  let fetched = await request();
  const page = job.candidate.sourcePage;
  if (!fetched.ok && fetched.status !== undefined && page && !refusedAddress(page)) {
    const { status } = fetched;
    if (sendReferer === 'ask' && refusesStrangers(status)) {
      return ended({ kind: 'rejected', reason: 'page-wanted', detail: `${status}` }, true);
    }
    if (sendReferer === 'always' && mayNeedReferer(status)) fetched = await tools.withReferer(address, page, request);
  }
  if (!fetched.ok) return ended(fetched.outcome, fetched.status !== undefined);
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
    case 'refused':
      return ended(
        { kind: 'rejected', reason: taken.reason, ...(taken.detail === undefined ? {} : { detail: taken.detail }) },
        true,
      );
  }
}

function ended(outcome: Exclude<Outcome, { kind: 'stored' }>, answered: boolean): Attempt {
  return { kind: 'ended', outcome, answered };
}
