// What was left out, by reason, with the addresses behind each and a way to try again.
import './failures.css';
import { useSignal } from '@preact/signals';
import type { Job, Reason } from '../../../contract/job';
import type { Label, LabelCounts } from '../../../contract/label';
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { reasonWords } from '../../../edges/reason-words';
import { rejectedJobs } from '../../../edges/store/jobs';
import { samplesByHash } from '../../../edges/store/samples';
import { attempt } from '../../parts/complain';
import { say } from '../app/notices';
import { useRead } from '../app/read';
import { jobsVersion, labels, samplesVersion, settings } from '../app/state';
import { webAddress } from '../app/web-address';

/** Addresses shown per label; the counts tell of the rest. */
const SHOWN = 200;

export function Failures({ label, rejected }: { label: Label; rejected: LabelCounts['rejected'] }) {
  const open = useSignal(false);
  const reasons = Object.entries(rejected) as [Reason, number][];
  if (reasons.length === 0) return null;
  const copies = rejected['duplicate-of'] ?? 0;
  const mendable = reasons.map(([reason]) => reason).filter(canBeMended);
  const failed = reasons.reduce((sum, [, n]) => sum + n, 0) - copies;
  const retry = (wanted: Reason[]) =>
    attempt(async () => {
      let requeued = 0;
      for (const reason of wanted) requeued += (await ask('retryRejected', { labelId: label.id, reason })).requeued;
      say(plural('requeued', requeued));
    });
  return (
    <details class="failures" onToggle={event => (open.value = event.currentTarget.open)}>
      <summary class={failed > 0 ? 'bad' : 'soft'}>
        {[failed > 0 && plural('failed', failed), copies > 0 && plural('copies', copies)].filter(Boolean).join(' · ')}
      </summary>
      <div class="stack">
        <ul class="reasons">
          {reasons
            .sort(([, a], [, b]) => b - a)
            .map(([reason, n]) => (
              <li key={reason}>
                <span class="number">{number(n)}</span>
                <span>{reasonWords(reason)}</span>
                {canBeMended(reason) && (
                  <button type="button" class="quiet" onClick={() => retry([reason])}>
                    {t('retry')}
                  </button>
                )}
              </li>
            ))}
        </ul>
        {mendable.length > 0 && (
          <div>
            <button type="button" onClick={() => retry(mendable)}>
              {t('retry_failed')}
            </button>
          </div>
        )}
        {open.value && <Addresses label={label} />}
      </div>
    </details>
  );
}

/** Reasons that trying again cannot mend: the image is already there. */
const FINAL = new Set<Reason>(['duplicate-of']);

/** What only an answer to the question of `PageWanted` would mend has that question's own buttons. */
function canBeMended(reason: Reason): boolean {
  return !FINAL.has(reason) && !(reason === 'page-wanted' && settings.value?.sendReferer === 'ask');
}

function Addresses({ label }: { label: Label }) {
  const { value } = useRead([samplesVersion, jobsVersion], () => readAddresses(label.id), [label.id]);
  return (
    <ul class="addresses small">
      {value?.jobs.map(job => (
        <li key={job.id}>
          <a class="one-line" href={webAddress(job.candidate.url)} target="_blank" rel="noopener noreferrer">
            {job.candidate.url}
          </a>
          <span class="soft">
            {job.sha256 && value.deleted.has(job.sha256) ? (
              t('duplicate_deleted')
            ) : (
              <>
                {job.reason && reasonWords(job.reason)}
                <Detail job={job} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The jobs, and of the duplicates those whose twin the user deleted. */
async function readAddresses(labelId: string): Promise<{ jobs: Job[]; deleted: ReadonlySet<string> }> {
  const jobs = await rejectedJobs(labelId, SHOWN);
  const twins = jobs.flatMap(({ reason, sha256 }) => (reason === 'duplicate-of' && sha256 ? [sha256] : []));
  const samples = await samplesByHash(twins);
  const deleted = new Set(samples.flatMap(row => (row.deletedAt === undefined ? [] : [row.sha256])));
  return { jobs, deleted };
}

/** What belongs to the reason; of a duplicate the label its twin stands under, where that is another one. */
function Detail({ job: { reason, detail, labelId } }: { job: Job }) {
  if (!detail || (reason === 'duplicate-of' && detail === labelId)) return null;
  const words = reason === 'duplicate-of' ? labels.value?.find(label => label.id === detail)?.name : detail;
  if (words === undefined) return <> {t('deleted_label')}</>;
  return (
    <>
      {' '}
      (<bdi>{words}</bdi>)
    </>
  );
}
