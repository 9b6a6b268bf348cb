// The learner a page holds: wires samples, backbone workers and the head's worker in the order of the pipe.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, BackendName, FeatureTask } from '../../contract/features';
import type { EpochRecord } from '../../contract/head';
import type { Learner, Standing, TrainProgress, TrainRequest } from '../../contract/learner';
import { alone } from '../../edges/alone';
import { announce } from '../../edges/changes';
import { t } from '../../edges/i18n';
import { installedBackbone } from '../../edges/store/backbones';
import { featuredPictures } from '../../edges/store/features';
import { newestModel } from '../../edges/store/models';
import { newsSince } from '../../pipeline/head/news';
import { chooseBackend } from './choose-backend';
import { link, type WorkerLink } from './crossing';
import { readDataset, type TrainingDataset } from './dataset';
import { ensureFeatures } from './ensure-features';
import { onNextBackend } from './fallbacks';
import type { HeadWorker } from './head.worker';
import HeadThread from './head.worker?worker';
import type { HeadJob } from './head-job';
import { joinAlike } from './join-alike';
import { createLooker } from './looker';

export function createLearner(): Learner {
  const looker = createLooker();
  let head: WorkerLink<HeadWorker> | undefined;

  async function train(request: TrainRequest, onProgress: (progress: TrainProgress) => void, signal: AbortSignal) {
    signal.throwIfAborted();
    // Its memory is wanted now.
    looker.close();
    const offered = await readDataset();
    const backbone = await installedBackbone();
    if (!backbone) throw new GleanerError('no_weights');
    const backend = await chooseBackend();
    const features = await ensureFeatures(backbone, backend, tasksOf(request, offered), onProgress, signal);
    // Seeded weights know nothing of pictures: what they find alike is chance.
    const seeded = backbone.weights === 'seeded';
    const dataset = seeded ? offered : await joined(request, backbone, features.backend, offered, onProgress, signal);
    const { samples, labels, ...counts } = dataset;
    const job: HeadJob = { request, samples, labels, backbone, ...counts, ...features };
    const model = await trainOn(job, onProgress, signal);
    announce({ models: true });
    return model;
  }

  /** The same pictures with near-duplicates joined, and the features that are missing in the splits they now have. */
  async function joined(
    request: TrainRequest,
    backbone: BackboneInfo,
    backend: BackendName,
    { samples }: TrainingDataset,
    onProgress: (progress: TrainProgress) => void,
    signal: AbortSignal,
  ): Promise<TrainingDataset> {
    onProgress({ phase: 'head', note: t('progress_comparing'), history: [], epochs: request.options.epochs });
    const pictures = samples.map(({ sha256 }) => sha256);
    await joinAlike(backbone.id, backend, pictures, signal);
    // What came meanwhile was not compared.
    const dataset = await readDataset(new Set(pictures));
    await ensureFeatures(backbone, backend, tasksOf(request, dataset), () => {}, signal);
    return dataset;
  }

  /** What is to be computed of every picture, and of those one trains with when their mirror images are learnt too. */
  function tasksOf({ options }: TrainRequest, { samples }: Pick<TrainingDataset, 'samples'>): FeatureTask[] {
    const learnt = options.mirror ? samples.filter(({ split }) => split === 'train') : [];
    return [
      ...samples.map(({ sha256 }): FeatureTask => ({ sha256, variant: '' })),
      ...learnt.map(({ sha256 }): FeatureTask => ({ sha256, variant: 'mirror' })),
    ];
  }

  /** The head's worker lives for one training, so that its memory goes with it. */
  async function trainOn(job: HeadJob, onProgress: (progress: TrainProgress) => void, signal: AbortSignal) {
    const { choice, options } = job.request;
    const began = performance.now();
    let linear = false;
    const note = Comlink.proxy((code: string, words: string[], history: EpochRecord[]) => {
      // The linear head runs until it has converged; nobody knows beforehand after how many iterations.
      linear ||= code === 'fitting_linear';
      const secondsPerEpoch = (performance.now() - began) / 1000 / history.length;
      // Only the article's head alone says beforehand how long it trains.
      const known = choice === 'article' && history.length > 0;
      onProgress({
        phase: 'head',
        note: t(`progress_${code}`, ...words),
        history,
        epochs: linear ? history.length : options.epochs,
        ...(known ? { secondsLeft: secondsPerEpoch * (options.epochs - history.length) } : {}),
      });
    });
    const attempt = async (backend: BackendName) => {
      const worker = link<HeadWorker>(new HeadThread());
      head = worker;
      const stop = () => void worker.call(remote => remote.stop()).catch(() => undefined);
      signal.addEventListener('abort', stop, { once: true });
      try {
        const model = worker.call(remote => remote.train({ ...job, backend }, note));
        if (signal.aborted) stop();
        return await model;
      } finally {
        signal.removeEventListener('abort', stop);
        worker.terminate();
        head = undefined;
      }
    };
    return onNextBackend(job.backend, attempt);
  }

  async function standing(): Promise<Standing | undefined> {
    const backbone = await installedBackbone();
    if (!backbone) return undefined;
    const { samples, labels } = await readDataset();
    const [cached, model] = [await featuredPictures(backbone.id), await newestModel()];
    return {
      total: samples.length,
      ready: samples.filter(({ sha256 }) => cached.has(sha256)).length,
      ...(model?.backbone.id === backbone.id ? { news: newsSince(model, samples, labels) } : {}),
    };
  }

  return {
    train: (request, onProgress, signal) => alone('training', () => train(request, onProgress, signal)),

    standing: () =>
      standing().catch(error => {
        if (error instanceof GleanerError) return undefined;
        throw error;
      }),

    prepare: looker.prepare,
    predict: looker.predict,

    close() {
      looker.close();
      head?.terminate();
    },
  };
}
