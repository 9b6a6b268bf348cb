// Where several backbones have features, which of them a training goes on with: linear heads on each, the same folds.
import { backboneOf } from '../../backbones';
import { packedLength } from '../../backbones/layers';
import type { BackboneInfo } from '../../contract/features';
import { chooseHead } from '../../pipeline/head/auto';
import { type BackboneChoice, chooseBackbone, type RatedBackbone } from '../../pipeline/head/backbone-choice';
import { readTable } from './feature-table';
import type { HeadJob, HeadNote } from './head-job';

/** Share of the time cap that the backbones get; the rest is for the heads on the one that won. */
export const SHARE = 0.5;

/**
 * The backbone to go on with, and how it compared; only the job's own where there is no other. Linear heads judge, because
 * they are quick and good on every network; the tables are read one after the other, so that one is in memory at a time.
 */
export async function compareBackbones(
  job: HeadJob,
  onNote: HeadNote,
  signal: AbortSignal,
): Promise<{ backbone: BackboneInfo; against?: BackboneChoice }> {
  const all = [job.backbone, ...job.rivals];
  if (all.length === 1) return { backbone: job.backbone };
  const { options, timeCap } = job.request;
  const end = performance.now() + SHARE * timeCap * 1000;
  const rated: RatedBackbone[] = [];
  for (const [i, backbone] of all.entries()) {
    const left = (end - performance.now()) / 1000;
    if (rated.length > 0 && (left <= 0 || signal.aborted)) break;
    onNote('choosing_backbone', [backboneOf(backbone.family).network], []);
    const { table, samples, mirrored } = await readTable({ ...job, backbone });
    const rows = Array.from({ length: samples.length + mirrored }, (_, row) => row);
    const choice = await chooseHead({
      table,
      rows: Int32Array.from(rows.filter(row => samples[row]?.split !== 'test')),
      options,
      withArticle: false,
      timeCap: left / (all.length - i),
      signal,
    });
    rated.push({ id: backbone.id, bytes: 4 * packedLength(backboneOf(backbone.family)), choice });
  }
  const [first, ...others] = rated;
  const against = chooseBackbone([first!, ...others]);
  return { backbone: all.find(({ id }) => id === against.winner)!, against };
}
