// The learner a page holds: wires samples, backbone workers and the head's worker in the order of the pipe.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, BackendName } from '../../contract/features';
import type { EpochRecord } from '../../contract/head';
import type { Learner, TrainProgress, TrainRequest } from '../../contract/learner';
import type { Prediction } from '../../contract/report';
import { announce } from '../../edges/changes';
import { t } from '../../edges/i18n';
import { readSettings } from '../../edges/settings';
import { installedBackbone } from '../../edges/store/backbones';
import { rememberBackend, rememberedBackend } from '../../edges/store/backend-choice';
import { featuredPictures } from '../../edges/store/features';
import { newestModel } from '../../edges/store/models';
import type { BackboneWorker } from './backbone.worker';
import { link, type WorkerLink } from './crossing';
import { readDataset } from './dataset';
import { computeFeatures, openBackbone, timeBackends } from './feature-pool';
import type { HeadJob, HeadWorker } from './head.worker';
import HeadThread from './head.worker?worker';

/** Where to go on when a backend fails. */
const FALLBACKS: Record<BackendName, BackendName[]> = {
  webgpu: ['webgl', 'wasm', 'cpu'],
  webgl: ['wasm', 'cpu'],
  wasm: ['cpu'],
  cpu: [],
};

/** Seconds of work before a time left is worth telling. */
const HONEST_AFTER = 4;

export function createLearner(): Learner {
  /** The worker of single predictions, kept because the weights take longer to load than a picture to classify. */
  let looker: { id: string; worker: Promise<WorkerLink<BackboneWorker>> } | undefined;
  let head: WorkerLink<HeadWorker> | undefined;

  async function train(request: TrainRequest, onProgress: (progress: TrainProgress) => void, signal: AbortSignal) {
    signal.throwIfAborted();
    const { samples, labels, ...counts } = await readDataset();
    const backbone = await installedBackbone();
    if (!backbone) throw new GleanerError('no_weights');
    const backend = await chooseBackend();
    const pictures = samples.map(({ sha256 }) => sha256);
    const features = await ensureFeatures(backbone, backend, pictures, onProgress, signal);
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

  return {
    train,

    async predict(image, signal): Promise<Prediction> {
      const began = performance.now();
      const model = await newestModel();
      if (!model) throw new GleanerError('no_model');
      if ((await installedBackbone())?.id !== model.backbone.id) {
        throw new GleanerError('backbone_changed', [model.backbone.source]);
      }
      signal.throwIfAborted();
      if (looker?.id !== model.backbone.id) {
        void looker?.worker.then(worker => worker.terminate()).catch(() => undefined);
        // A GPU would first compile its shaders for seconds; wasm has classified the picture by then.
        const backend = (await readSettings()).backend ?? 'wasm';
        looker = { id: model.backbone.id, worker: onNextBackend(backend, openBackbone) };
      }
      const mine = looker;
      const worker = await mine.worker.catch(error => {
        if (looker === mine) looker = undefined;
        throw error;
      });
      const { p, activation, gradCams } = await worker.call(remote => remote.look(image, model.head));
      signal.throwIfAborted();
      const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
      return {
        top: order.map(k => ({ label: model.labels[k]!.name, p: p[k]! })),
        activation,
        gradCams: order.map(k => gradCams[k]!),
        backbone: model.backbone,
        seconds: (performance.now() - began) / 1000,
      };
    },

    close() {
      void looker?.worker.then(worker => worker.terminate()).catch(() => undefined);
      looker = undefined;
      head?.terminate();
    },
  };
}

/** Chosen by hand, remembered, or timed now and remembered. */
async function chooseBackend(): Promise<BackendName> {
  const { backend } = await readSettings();
  if (backend) return backend;
  const remembered = await rememberedBackend();
  if (remembered) return remembered.backend;
  const timings = await timeBackends();
  const ranked = (Object.entries(timings) as [BackendName, number][]).sort(([, a], [, b]) => b - a);
  const fastest = ranked[0]?.[0] ?? 'wasm';
  await rememberBackend({ backend: fastest, timings });
  return fastest;
}

/** Features for every picture, computed where missing; goes on with the next backend where one fails. */
async function ensureFeatures(
  backbone: BackboneInfo,
  first: BackendName,
  pictures: string[],
  onProgress: (progress: TrainProgress) => void,
  signal: AbortSignal,
): Promise<{ backend: BackendName; seconds: number; imagesPerSecond: number }> {
  const cached = await featuredPictures(backbone.id);
  let left = pictures.filter(sha256 => !cached.has(sha256));
  const total = pictures.length;
  const missing = left.length;
  const began = performance.now();
  let [computed, skipped] = [0, 0];
  let backend = first;
  const tell = () => {
    const seconds = (performance.now() - began) / 1000;
    const imagesPerSecond = computed > 0 ? computed / seconds : 0;
    const remaining = missing - computed - skipped;
    onProgress({
      phase: 'features',
      done: total - remaining,
      total,
      imagesPerSecond,
      backend,
      ...(seconds > HONEST_AFTER && computed > 0 ? { secondsLeft: remaining / imagesPerSecond } : {}),
    });
  };
  tell();
  for (const name of [first, ...FALLBACKS[first]]) {
    if (left.length === 0) break;
    backend = name;
    left = await computeFeatures(
      backend,
      left,
      batch => {
        computed += batch.done.length;
        skipped += batch.skipped.length;
        tell();
      },
      signal,
    );
  }
  signal.throwIfAborted();
  if (left.length > 0) throw new GleanerError('no_backend');
  const seconds = (performance.now() - began) / 1000;
  return { backend, seconds, imagesPerSecond: computed > 0 ? computed / seconds : 0 };
}

/** Tries the backend, then those after it; an error with a name of ours is no backend's fault. */
async function onNextBackend<T>(first: BackendName, attempt: (backend: BackendName) => Promise<T>): Promise<T> {
  let last: unknown;
  for (const backend of [first, ...FALLBACKS[first]]) {
    try {
      return await attempt(backend);
    } catch (error) {
      if (error instanceof GleanerError) throw error;
      last = error;
    }
  }
  throw new GleanerError('no_backend', [], { cause: last });
}
