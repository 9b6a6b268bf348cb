// One attempt at one job: fetch, with a Referer if the host wants one and the user allows it, then take the image.
import type { Job, JobOutcome } from '../../contract/job';
import type { Landing } from '../../contract/sample';
import type { Settings } from '../../contract/settings';
import type { Fetched, FetchOptions } from '../../edges/fetch-image';
import { WENT_WITH_LABEL } from '../../edges/store/deleted-labels';
import { refusedAddress } from '../../pipeline/download/address';
import { hostnameOf, ledAway } from '../../pipeline/download/stand-in';
import { mayNeedReferer, refusesStrangers } from '../../pipeline/download/status';
import { addressOf, jobAfter, stoodIn } from '../../pipeline/queue/job';
import type { ImageEnd, ImageTaker, ImageTools } from './take-image';

export interface DownloadTools extends ImageTools {
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
  | { kind: 'ended'; outcome: Exclude<JobOutcome, { kind: 'stored' }>; answered: boolean }
  | { kind: 'no-permission' }
  | { kind: 'unwanted' };

/** Rejects only with errors of the storage. `received` hears how many bytes came. */
export async function download(
  job: Job,
  taker: ImageTaker,
  tools: DownloadTools,
  received: (bytes: number) => void,
): Promise<Attempt> {
  const address = addressOf(job);
  // Before access to such a host is asked for; that it is not fetched either, `fetchImage` sees to for all who call it.
  const refused = refusedAddress(address);
  if (refused) return ended({ kind: 'rejected', reason: refused }, false);
  if (await taker.gaveUp({ jobId: job.id })) return ended({ kind: 'rejected', reason: 'undecodable' }, false);
  const settings = await tools.settings();
  const page = pageToTell(job);
  const telling = (row: Job): Tell => (pageToTell(row) === undefined ? 'no' : TELLING[settings.sendReferer]);
  const tell = telling(job);
  const once = (told: boolean) => attemptOnce(job, told ? page : undefined, settings, taker, tools, received);
  const first = await once(tell === 'now' && job.withPage === true);
  const answer =
    first.strange === undefined || first.told || tell === 'no' ? first : await answerStranger(first, tell, once);
  const standIns = new Set([first.standIn, answer.standIn]);
  // The host has other bytes for whoever names the page: what it gave first was never an image of this address.
  if (answer !== first) standIns.add(first.besides);
  const [hostname, jobId] = [hostnameOf(address), job.id];
  for (const sha256 of standIns)
    if (sha256) {
      await taker.refuseStandIn({ sha256, hostname, jobId }, row => stoodIn(row, telling(row), tools.now()));
    }
  return answer.end;
}

/** What may be said of the page to a host that does not give its image to strangers. */
type Tell = 'now' | 'asked' | 'no';
const TELLING: Record<Settings['sendReferer'], Tell> = { always: 'now', ask: 'asked', never: 'no' };

/** One request, and what it says of its host. */
interface Answer {
  end: Attempt;
  /** Whether the host was told the page. */
  told: boolean;
  /** What looks as if the host kept its image from strangers: a status, or something else in the image's place. */
  strange?: 'refused' | 'missing' | 'page' | 'stand-in' | 'besides';
  /** SHA-256 of the image that stood in. */
  standIn?: string;
  /** SHA-256 of an image that another address of the host gave, too, which may be right. */
  besides?: string;
}

/** Asks once more with the page where the user allows it, and says what would mend it where the user was not asked yet. */
async function answerStranger(first: Answer, tell: Tell, once: (told: boolean) => Promise<Answer>): Promise<Answer> {
  if (tell === 'now') {
    const second = await once(true);
    // What came before once more, or nothing: then it was right the first time.
    return first.strange === 'besides' && second.end.kind !== 'stored' ? first : second;
  }
  if (first.strange === 'missing' || first.strange === 'besides') return first;
  const detail = first.end.kind === 'ended' && 'detail' in first.end.outcome ? first.end.outcome.detail : undefined;
  const outcome = { kind: 'rejected', reason: 'page-wanted', ...(detail === undefined ? {} : { detail }) } as const;
  return { ...first, end: ended(first.strange === 'refused' ? outcome : { ...outcome, withPage: true }, true) };
}

/** @param page  told to the host, where given */
async function attemptOnce(
  job: Job,
  page: string | undefined,
  settings: Pick<Settings, 'honourOptOut'>,
  taker: ImageTaker,
  tools: DownloadTools,
  received: (bytes: number) => void,
): Promise<Answer> {
  const address = addressOf(job);
  const told = page !== undefined;
  const fetched = await fetchFor(address, page, settings, tools);
  if (fetched === 'no-permission') return { told, end: { kind: fetched } };
  if (!fetched.ok) {
    const { status } = fetched;
    const end = ended(fetched.outcome, status !== undefined);
    if (status === undefined || !mayNeedReferer(status)) return { told, end };
    return { told, end, strange: refusesStrangers(status) ? 'refused' : 'missing' };
  }
  received(fetched.body.length);
  const { labelId, candidate, harvestId } = job;
  const { downloadedFrom: _before, ...found } = job.provenance;
  const provenance = address === candidate.url ? found : { ...found, downloadedFrom: address };
  const landed = ledAway(address, fetched.landed);
  const landing: Landing = { asked: address, jobId: job.id, ...(landed === undefined ? {} : { landed }) };
  const after = (outcome: JobOutcome) => (row: Job) => jobAfter(row, outcome, tools.now(), tools.random());
  const imageEnd = await taker.take(
    fetched.body,
    { labelId, candidate, provenance, harvestId },
    { jobId: job.id, ended: sha256 => after({ kind: 'stored', sha256 }) },
    { landing },
  );
  return { told, ...answerOf(imageEnd) };
}

function answerOf(of: ImageEnd): Omit<Answer, 'told'> {
  switch (of.kind) {
    case 'unwanted':
    case 'stored':
      return { end: { kind: of.kind } };
    case 'duplicate': {
      const { labelId, sha256, besides } = of;
      const end = ended({ kind: 'rejected', reason: 'duplicate-of', detail: labelId, sha256 }, true);
      return besides ? { end, strange: 'besides', besides: sha256 } : { end };
    }
    case 'stand-in':
      return {
        end: ended({ kind: 'rejected', reason: 'placeholder' }, true),
        strange: 'stand-in',
        standIn: of.sha256,
      };
    case 'label-gone':
      return { end: ended({ kind: 'rejected', reason: 'cancelled', detail: WENT_WITH_LABEL }, true) };
    case 'undone':
      return { end: ended({ kind: 'rejected', reason: 'undone' }, true) };
    case 'full':
      return { end: ended({ kind: 'rejected', reason: 'harvest-full' }, true) };
    case 'rejected': {
      const { reason, detail } = of;
      const end = ended({ kind: 'rejected', reason, ...(detail === undefined ? {} : { detail }) }, true);
      return reason === 'not-an-image' && detail === 'html' ? { end, strange: 'page' } : { end };
    }
  }
}

/** Whatever the browser has against this one address or its page is an attempt that failed, and stops no other. */
async function fetchFor(
  address: string,
  page: string | undefined,
  { honourOptOut }: Pick<Settings, 'honourOptOut'>,
  tools: DownloadTools,
): Promise<Fetched | 'no-permission'> {
  try {
    if (!(await tools.hasAccessTo(address))) return 'no-permission';
    const request = () => tools.fetchImage(address, { honourOptOut });
    return await (page === undefined ? request() : tools.withReferer(address, page, request));
  } catch (error) {
    return { ok: false, outcome: { kind: 'retry', reason: 'network', detail: `${error}` } };
  }
}

/** The page that shows the image, where it may be told to anyone. */
function pageToTell({ candidate }: Job): string | undefined {
  const page = candidate.sourcePage;
  return page && !refusedAddress(page) ? page : undefined;
}

function ended(outcome: Exclude<JobOutcome, { kind: 'stored' }>, answered: boolean): Attempt {
  return { kind: 'ended', outcome, answered };
}
