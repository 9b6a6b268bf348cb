// The head a training resumes from, when that is asked for and honest.
import { inputId } from '../../backbones/together';
import type { HeadWeights } from '../../contract/head';
import type { Model } from '../../contract/report';
import { modelInUse } from '../../edges/store/models';
import { learntHeldOut, newsSince } from '../../pipeline/head/news';
import { withClasses } from '../../pipeline/head/resume';
import type { HeadJob } from './head-job';

/**
 * `start` is missing where the training begins anew: nothing else is asked for, the model in use has another backbone, or
 * it remembers images that are now held out. `news` counts the images that are new to the model.
 */
export async function headToResumeFrom(job: HeadJob): Promise<{ start?: HeadWeights; news: number }> {
  const { request, samples, labels } = job;
  const model = request.resume ? await modelInUse() : undefined;
  if (!model || inputId(model) !== inputId(job)) return { news: samples.length };
  const from = model.unseen ?? model.head;
  if (from.kind === 'article' && learntHeldOut(model, samples)) return { news: samples.length };
  const ids = (list: Model['labels']) => list.map(({ id }) => id);
  const start = withClasses(from, ids(model.labels), ids(labels), request.options.seed);
  return { start, news: newsSince(model, samples, labels).images };
}
