// What a backup holds besides its images: the addresses that are known, and the models.
import type { Job } from '../../contract/job';
import type { Label } from '../../contract/label';
import type { Model } from '../../contract/report';
import { chunks } from '../streams/chunks';
import type { BackupSource } from './backup-source';
import { PIECE_ROWS } from './format';
import { MOST_MODELS } from './limits';
import { modelParts, modelRow } from './model-row';
import { jobRow } from './rows';
import type { Rows } from './tables';

/** Rows to be written next; none of them belongs to an image of the same part. */
export interface Rest extends Rows {
  /** Id of the model, where it is one. */
  model?: string;
}

/**
 * Some addresses at a time, then one model after the other: the chosen one, then the newest, in an order that stays the same
 * wherever they are restored.
 * @param images  lost: not in the backup, so that their addresses are still to be downloaded, as are those of images that came when
 * their turn was over; others that are not in it were deleted, and their addresses stay known
 * @param written  models so far, counted by whoever writes them
 * @param onLeftOut  called for each model that no reader would take
 */
export async function* backupRest(
  source: BackupSource,
  labels: Label[],
  images: Record<'lost' | 'inIt', ReadonlySet<string>>,
  written: { models: number },
  onLeftOut: (table: 'models') => void,
): AsyncGenerator<Rest, void> {
  for (const { id } of labels) {
    for await (const jobs of chunks(source.jobs(id), PIECE_ROWS)) {
      const others = jobs.flatMap(({ sha256 }) => (sha256 !== undefined && !images.inIt.has(sha256) ? sha256 : []));
      const live = await source.live?.(others);
      const isToCome = (sha256: string) => images.lost.has(sha256) || live?.has(sha256);
      // What is undone with its harvest comes back with it alone.
      const rows = jobs.map(job =>
        job.sha256 !== undefined && !job.before && isToCome(job.sha256) ? waiting(job) : job,
      );
      yield { table: 'jobs', shape: jobRow, rows };
    }
  }
  for (const model of [...source.models].sort(byWorth(source.chosenModel))) {
    const parts = written.models < MOST_MODELS ? modelParts(model) : undefined;
    if (!parts) onLeftOut('models');
    else yield { table: 'models', shape: modelRow, rows: [parts.row], numbers: [parts.numbers], model: parts.row.id };
  }
}

function waiting({ sha256: _sha256, reason: _reason, detail: _detail, ...job }: Job): Job {
  return { ...job, state: 'queued', attempts: 0 };
}

function byWorth(chosen: string | undefined): (a: Model, b: Model) => number {
  return (a, b) =>
    Number(b.id === chosen) - Number(a.id === chosen) || b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}
