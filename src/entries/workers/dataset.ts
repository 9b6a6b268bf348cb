// The dataset as training sees it: live samples of labels that can be learnt, with the counts the report tells.
import { GleanerError } from '../../contract/error';
import type { Model, Report } from '../../contract/report';
import { type Sample, splitTotal } from '../../contract/sample';
import { allLabels, labelCounts } from '../../edges/store/labels';
import { everySample } from '../../edges/store/samples';
import { sumCounts } from '../../pipeline/queue/sum-counts';
import type { HeadSample } from './head-job';

export interface TrainingDataset {
  samples: HeadSample[];
  /** By folder name, as every folder reader orders classes. */
  labels: Model['labels'];
  found: number;
  stored: number;
  rejected: Report['rejected'];
}

/**
 * Labels without a training image are left out with their samples. Rejects with 'no_images' when nothing was collected
 * and with 'one_label' when fewer than two labels are left.
 * @param only  images that take part; all when not said
 */
export async function readDataset(only?: ReadonlySet<string>): Promise<TrainingDataset> {
  const live: Pick<Sample, 'sha256' | 'labelId' | 'split' | 'group'>[] = [];
  for await (const { sha256, labelId, split, group } of everySample())
    if (only?.has(sha256) ?? true) live.push({ sha256, labelId, split, group });
  if (live.length === 0) throw new GleanerError('no_images');
  const trained = new Set(live.filter(({ split }) => split === 'train').map(({ labelId }) => labelId));
  const labels = (await allLabels()).filter(({ id }) => trained.has(id));
  if (labels.length < 2) throw new GleanerError('one_label');
  const index = new Map(labels.map(({ id }, k) => [id, k]));
  const samples = live.flatMap(({ labelId, ...sample }) => {
    const truth = index.get(labelId);
    return truth === undefined ? [] : [{ ...sample, truth }];
  });
  let rejected: Report['rejected'] = {};
  let [stored, open] = [0, 0];
  for (const counts of await labelCounts()) {
    stored += splitTotal(counts);
    open += counts.queued;
    rejected = sumCounts(rejected, counts.rejected);
  }
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return {
    samples,
    labels: labels.map(({ id, name, folder }) => ({ id, name, folder })),
    found: stored + refused + open,
    stored,
    rejected,
  };
}
