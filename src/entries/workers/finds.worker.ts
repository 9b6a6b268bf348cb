// Judges the finds of a page by the features of their thumbnails, off the page's thread.

import { inputId } from '../../backbones/together';
import { BUILT_IN_INFO } from '../../edges/store/backbones';
import { everyFeature } from '../../edges/store/features';
import { modelInUse } from '../../edges/store/models';
import { newestSamplesOf } from '../../edges/store/samples';
import { type JudgingHead, judgeFinds, type Suspicion } from '../../pipeline/harvest/judge-finds';
import { type LabelLook, labelLook } from '../../pipeline/harvest/unlike-label';
import { predict } from '../../pipeline/head/predict';
import { expose } from './worker-bridge';

/** The newest images of a label: more of them say no more about what it looks like. */
const MOST_IMAGES = 400;

/** Features of the finds of one harvest, by address. */
let of = '';
let finds = new Map<string, Float32Array>();

const api = {
  /**
   * Adds features to those of this harvest, and says what speaks against each of its finds.
   * @param labelId  of the label collected for, which may not be there yet
   */
  async judge(harvestId: string, labelId: string, fresh: [string, Float32Array][]): Promise<Map<string, Suspicion>> {
    if (harvestId !== of) finds = new Map();
    of = harvestId;
    for (const [url, features] of fresh) finds.set(url, features);
    return judgeFinds(finds, { look: await lookOf(labelId), head: await headFor(labelId) });
  },
};
export type FindsWorker = typeof api;
expose(api);

async function lookOf(labelId: string): Promise<LabelLook | undefined> {
  // Of near-duplicates one.
  const groups = new Map((await newestSamplesOf(labelId, MOST_IMAGES)).map(sample => [sample.group, sample]));
  const rows: Float32Array[] = [];
  for await (const { features } of everyFeature(BUILT_IN_INFO.id, [...groups.values()])) rows.push(features.m);
  return labelLook(rows);
}

/** The model in use where its head reads what the finds are seen by here, and nothing beside it, and knows the label. */
async function headFor(labelId: string): Promise<JudgingHead | undefined> {
  const model = await modelInUse();
  if (!model || inputId(model) !== BUILT_IN_INFO.id) return undefined;
  const own = model.labels.findIndex(({ id }) => id === labelId);
  if (own < 0) return undefined;
  return {
    labels: model.labels.map(({ name }) => name),
    own,
    predict: features => predict(model.head, [features])[0]!,
  };
}
