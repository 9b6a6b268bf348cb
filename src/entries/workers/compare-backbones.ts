// Where several backbones have features, which of them a training goes on with, or whether with all: linear heads on each, the same folds.
import { backboneOf } from '../../backbones';
import { packedLength } from '../../backbones/layers';
import { backbonesOf, type HeadInput, inputId, networkNames, seeTheSame } from '../../backbones/together';
import { chooseHead } from '../../pipeline/head/auto';
import { type BackboneChoice, chooseBackbone, type RatedBackbone } from '../../pipeline/head/backbone-choice';
import { readTable } from './feature-table';
import type { HeadJob, HeadNote } from './head-job';

/** Share of the time cap that the backbones get; the rest is for the heads on the one that won. */
export const SHARE = 0.5;

/**
 * What to go on with, and how it compared: one backbone, or all of them side by side; only the job's own where there is no
 * other. Linear heads judge, because they are quick and good on every network; the tables are read one after the other, so
 * that one is in memory at a time.
 */
export async function compareBackbones(
  job: HeadJob,
  onNote: HeadNote,
  signal: AbortSignal,
): Promise<{ input: HeadInput; against?: BackboneChoice }> {
  const { backbone, beside, rivals } = job;
  if (rivals.length === 0) return { input: { backbone, ...(beside && { beside }) } };
  const all: HeadInput[] = [backbone, ...rivals].map(one => ({ backbone: one }));
  if (seeTheSame([backbone, ...rivals])) all.push({ backbone, beside: rivals });
  const { options, timeCap } = job.request;
  const end = performance.now() + SHARE * timeCap * 1000;
  const rated: RatedBackbone[] = [];
  for (const [i, input] of all.entries()) {
    const left = (end - performance.now()) / 1000;
    if (rated.length > 0 && (left <= 0 || signal.aborted)) break;
    onNote('choosing_backbone', [networkNames(inputId(input))], []);
    const { table, samples, mirrored } = await readTable({ ...job, ...input });
    const rows = Array.from({ length: samples.length + mirrored }, (_, row) => row);
    const choice = await chooseHead({
      table,
      rows: Int32Array.from(rows.filter(row => samples[row]?.split !== 'test')),
      options,
      withArticle: false,
      timeCap: left / (all.length - i),
      signal,
    });
    rated.push({ id: inputId(input), bytes: weightBytes(input), choice });
  }
  const [first, ...others] = rated;
  const against = chooseBackbone([first!, ...others]);
  return { input: all.find(one => inputId(one) === against.winner)!, against };
}

function weightBytes(input: HeadInput): number {
  return backbonesOf(input).reduce((sum, { family }) => sum + 4 * packedLength(backboneOf(family)), 0);
}
