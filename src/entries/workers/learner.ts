// The learner a page holds: wires samples, backbone workers and the head's worker in the order of the pipe.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';
import type { BackendName, FeatureTask } from '../../contract/features';
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
import { readDataset } from './dataset';
import { ensureFeatures } from './ensure-features';
import { onNextBackend } from './fallbacks';
import type { HeadJob, HeadWorker } from './head.worker';
import HeadThread from './head.worker?worker';
import { createLooker } from './looker';

export function createLearner(): Learner {
  const looker = createLooker();
  let head: WorkerLink<HeadWorker> | undefined;

  async function train(request: TrainRequest, onProgress: (progress: TrainProgress) => void, signal: AbortSignal) {
    signal.throwIfAborted();
    // Its memory is wanted now.
    looker.close();
    const { samples, labels, ...counts } = await readDataset();
    const backbone = await installedBackbone();
    if (!backbone) throw new GleanerError('no_weights');
    const backend = await chooseBackend();
    const tasks = samples.map(({ sha256 }): FeatureTask => ({ sha256, variant: '' }));
    if (request.options.mirror) {
      const learnt = samples.filter(({ split }) => split === 'train');
      tasks.push(...learnt.map(({ sha256 }): FeatureTask => ({ sha256, variant: 'mirror' })));
    }
    const features = await ensureFeatures(backbone, backend, tasks, onProgress, signal);
    const job: HeadJob = { request, samples, labels, backbone, ...counts, ...features };
    const model = await trainOn(job, onProgress, signal);
    announce({ models: true });
    return model;
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
