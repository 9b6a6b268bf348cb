// One training, in the order of the pipe: samples, their features, near-duplicates joined, and the head with its report.
import * as Comlink from 'comlink';
import type { BackboneInfo, BackendName, FeatureTask } from '../../contract/features';
import type { EpochRecord } from '../../contract/head';
import type { Model } from '../../contract/report';
import { announce } from '../../edges/changes';
import { t } from '../../edges/i18n';
import { afterOthers, alone } from '../../edges/locks';
import { availableBackbones } from '../../edges/store/backbones';
import { backboneFor, rivalsOf } from './backbone-for';
import { chooseBackend } from './choose-backend';
import { readDataset, type TrainingDataset } from './dataset';
import { ensureFeatures, type FeatureProgress } from './ensure-features';
import { onNextBackend } from './fallbacks';
import type { HeadWorker } from './head.worker';
import HeadThread from './head.worker?worker';
import type { HeadJob, TrainRequest } from './head-job';
import { joinNearDuplicates } from './join-near-duplicates';
import { inWorker } from './one-call';
import { closePredictor } from './predictor';
import { secondsLeft } from './seconds-left';

/** Progress of features, then of the head. `secondsLeft` is missing until it can be told honestly. */
export type TrainProgress =
  | ({ phase: 'features' } & FeatureProgress)
  | { phase: 'head'; note: string; history: EpochRecord[]; epochs: number; secondsLeft?: number };

type OnProgress = (progress: TrainProgress) => void;

/**
 * Computes the missing features, trains, evaluates and stores the model. Aborting during features keeps those done and
 * rejects with the signal's reason; aborting during epochs keeps the best epoch so far and resolves with it. Rejects with a
 * `GleanerError` that names what is missing (labels, images), or 'training_elsewhere' while another tab trains.
 */
export function trainModel(request: TrainRequest, onProgress: OnProgress, signal: AbortSignal): Promise<Model> {
  return alone('training', async () => {
    // A batch that is looked at ahead is stored first, and computed no second time.
    await afterOthers('features', async () => undefined);
    signal.throwIfAborted();
    // Its memory is wanted now.
    closePredictor();
    const offered = await readDataset();
    const { backbone, beside = [] } = await backboneFor(request);
    const backend = await chooseBackend(backbone.id);
    const onFeatures = (progress: FeatureProgress) => onProgress({ phase: 'features', ...progress });
    const features = await ensureFeatures(backbone, backend, tasksOf(request, offered), onFeatures, signal);
    // Seeded weights know nothing of images: what they find alike is chance.
    const seeded = backbone.weights === 'seeded';
    const dataset = seeded ? offered : await joined(request, backbone, features.backend, offered, onProgress, signal);
    const { rivals, leftOut, pace } = await readied(request, backbone, dataset, onFeatures, signal);
    // Those a model that is resumed from reads beside the first.
    for (const one of beside) {
      await ensureFeatures(one, await chooseBackend(one.id), tasksOf(request, dataset), onFeatures, signal);
    }
    if (features.imagesPerSecond > 0) pace[backbone.id] = 100 / features.imagesPerSecond;
    const { samples, labels, ...counts } = dataset;
    const heads = { backbone, ...(beside.length > 0 && { beside }) };
    const job = { request, samples, labels, ...heads, rivals, leftOut, pace, ...counts, ...features };
    const model = await fitHead(job, onProgress, signal);
    announce({ models: true });
    return model;
  });
}

/** What is to be computed of every image, and of those one trains with when their mirror images are learnt too. */
function tasksOf({ options }: TrainRequest, { samples }: Pick<TrainingDataset, 'samples'>): FeatureTask[] {
  const learnt = options.mirror ? samples.filter(({ split }) => split === 'train') : [];
  return [
    ...samples.map(({ sha256 }): FeatureTask => ({ sha256, variant: '' })),
    ...learnt.map(({ sha256 }): FeatureTask => ({ sha256, variant: 'mirror' })),
  ];
}

/**
 * The other backbones whose features are there within the time cap. What is computed of the rest by then is kept, so that
 * they may compete another time; a backbone that fails to run is no reason not to train with the one that ran.
 */
async function readied(
  request: TrainRequest,
  backbone: BackboneInfo,
  dataset: TrainingDataset,
  onProgress: (progress: FeatureProgress) => void,
  signal: AbortSignal,
): Promise<Pick<HeadJob, 'rivals' | 'leftOut' | 'pace'>> {
  const [rivals, leftOut, pace]: [BackboneInfo[], string[], HeadJob['pace']] = [[], [], {}];
  const cap = AbortSignal.timeout(Math.min(request.timeCap, MOST_SECONDS) * 1000);
  for (const rival of rivalsOf(backbone, await availableBackbones(), request)) {
    try {
      const backend = await chooseBackend(rival.id);
      const stop = AbortSignal.any([signal, cap]);
      const { imagesPerSecond } = await ensureFeatures(rival, backend, tasksOf(request, dataset), onProgress, stop);
      if (imagesPerSecond > 0) pace[rival.id] = 100 / imagesPerSecond;
      rivals.push(rival);
    } catch (error) {
      signal.throwIfAborted();
      if (!cap.aborted) console.warn(`The features of ${rival.id} could not be computed.`, error);
      leftOut.push(rival.id);
    }
  }
  return { rivals, leftOut, pace };
}
/** Timers hold no more than 32 bits of milliseconds. */
const MOST_SECONDS = 2e6;

/** Joins the near-duplicates among these images, and computes what features are missing in the splits they now have. */
async function joined(
  request: TrainRequest,
  backbone: BackboneInfo,
  backend: BackendName,
  { samples }: TrainingDataset,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<TrainingDataset> {
  onProgress({ phase: 'head', note: t('progress_comparing'), history: [], epochs: request.options.epochs });
  const images = samples.map(({ sha256 }) => sha256);
  await joinNearDuplicates(backbone.id, backend, images, signal);
  // What came meanwhile was not compared.
  const dataset = await readDataset(new Set(images));
  await ensureFeatures(backbone, backend, tasksOf(request, dataset), () => {}, signal);
  return dataset;
}

/** The head's worker lives for one training, so that its memory goes with it. */
async function fitHead(job: HeadJob, onProgress: OnProgress, signal: AbortSignal): Promise<Model> {
  const { choice, options } = job.request;
  const began = performance.now();
  let linear = false;
  const onNote = Comlink.proxy((code: string, words: string[], history: EpochRecord[]) => {
    // The linear head runs until it has converged; nobody knows beforehand after how many iterations.
    linear ||= code === 'fitting_linear';
    const remaining = options.epochs - history.length;
    // Only the article's head alone says beforehand how long it trains.
    const left = choice === 'article' ? secondsLeft(history.length, remaining, performance.now() - began) : undefined;
    onProgress({
      phase: 'head',
      note: t(`progress_${code}`, ...words),
      history,
      epochs: linear ? history.length : options.epochs,
      ...(left === undefined ? {} : { secondsLeft: left }),
    });
  });
  return onNextBackend(job.backend, backend =>
    inWorker<HeadWorker, Model>(
      HeadThread,
      remote => remote.train({ ...job, backend }, onNote),
      signal,
      // It is asked to stop, not ended, because the best so far is kept.
      ({ remote }) => void remote.stop().catch(() => undefined),
    ),
  );
}
