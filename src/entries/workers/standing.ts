// How far the dataset is from being learnt.
import { GleanerError } from '../../contract/error';
import type { HeadChoice } from '../../contract/head';
import { sameWeights } from '../../edges/store/backbones';
import { featuredImages } from '../../edges/store/features';
import { modelInUse } from '../../edges/store/models';
import { type News, newsSince } from '../../pipeline/head/news';
import { backboneFor } from './backbone-for';
import { readDataset } from './dataset';

export interface Standing {
  /** Images that take part, and those of them whose features are computed. */
  total: number;
  ready: number;
  /** What came since the model in use was trained; missing where there is no model to resume from. */
  news?: News;
}

/** Undefined where nothing can be trained yet. @param choice  the head that would be trained */
export function readStanding(choice: HeadChoice): Promise<Standing | undefined> {
  return read(choice).catch(error => {
    if (error instanceof GleanerError) return undefined;
    throw error;
  });
}

async function read(choice: HeadChoice): Promise<Standing | undefined> {
  const { backbone } = await backboneFor({ choice });
  const { samples, labels } = await readDataset();
  const [cached, model] = [await featuredImages(backbone.id), await modelInUse()];
  return {
    total: samples.length,
    ready: samples.filter(({ sha256 }) => cached.has(sha256)).length,
    ...(model && sameWeights(model.backbone.id, backbone.id) ? { news: newsSince(model, samples, labels) } : {}),
  };
}
