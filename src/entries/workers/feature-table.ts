// The cached features of a training's samples, side by side as the head learns from them.
import { backbonesOf, inputLength } from '../../backbones/together';
import { GleanerError } from '../../contract/error';
import type { Variant } from '../../contract/features';
import { everyFeature } from '../../edges/store/features';
import type { FeatureTable } from '../../pipeline/head/data';
import type { HeadJob, HeadSample } from './head-job';

export interface TrainingTable {
  table: FeatureTable;
  /** The samples of the first rows; `mirrored` rows of mirror images follow. */
  samples: HeadSample[];
  mirrored: number;
  /** Samples without features: their image could not be read. */
  unread: string[];
}

/** Mirror images are read of what one trains with, where they are asked for. Rejects with 'no_images' without any features. */
export async function readTable(job: HeadJob): Promise<TrainingTable> {
  const { samples, labels, request } = job;
  const learnt = request.options.mirror ? samples.filter(({ split }) => split === 'train') : [];
  const length = inputLength(job);
  const ids = backbonesOf(job).map(({ id }) => id);
  const all = (samples.length + learnt.length) * length;
  const m = new Float32Array(all);
  // Only the article's head draws its dropout from q, and it stands on one backbone.
  const q = new Float32Array(ids.length > 1 ? 0 : all);
  const rows: HeadSample[] = [];
  const add = async (some: HeadSample[], variant: Variant) => {
    for await (const { image, features } of everyFeature(ids, some, variant)) {
      m.set(features.m, rows.length * length);
      if (q.length > 0) q.set(features.q, rows.length * length);
      rows.push(image);
    }
  };
  await add(samples, '');
  const plain = rows.slice();
  if (plain.length === 0) throw new GleanerError('no_images');
  await add(learnt, 'mirror');
  const read = new Set(plain);
  const table: FeatureTable = {
    count: rows.length,
    length,
    m,
    q,
    truth: Int32Array.from(rows, ({ truth }) => truth),
    classes: labels.length,
    groups: rows.map(({ group }) => group),
  };
  const unread = samples.filter(sample => !read.has(sample)).map(({ sha256 }) => sha256);
  return { table, samples: plain, mirrored: rows.length - plain.length, unread };
}
