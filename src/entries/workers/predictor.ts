// Classifies single images with the model in use, in a worker kept from one image to the next.
import { backbonesOf, type HeadInput, inputId } from '../../backbones/together';
import { GleanerError } from '../../contract/error';
import type { Model, Prediction } from '../../contract/report';
import { readSettings } from '../../edges/settings';
import { modelById, modelInUseId } from '../../edges/store/models';
import type { BackboneWorker } from './backbone.worker';
import { goneBackbones } from './backbone-for';
import { openBackbone } from './backbone-workers';
import { computesRightly } from './check-backend';
import { answered } from './explanation';
import { onNextBackend } from './fallbacks';
import type { RunningWorker } from './worker-bridge';

/** Kept, because the weights take longer to load than an image to classify. One serves the whole page. */
let open: { id: string; worker: Promise<RunningWorker<BackboneWorker>> } | undefined;

/** Kept, because a webcam asks of every frame, and a model's numbers may be megabytes. */
let known: Model | undefined;

async function modelInUse(): Promise<Model | undefined> {
  const id = await modelInUseId();
  if (known?.id !== id) known = id === undefined ? undefined : await modelById(id);
  return known;
}

/** Loads the network ahead of a prediction that is likely to come; a failure is told by the prediction. */
export async function openPredictor(): Promise<void> {
  const model = await modelInUse();
  if (!model || (await goneBackbones(model)).length > 0) return;
  await withBackbones(model, async () => undefined).catch(() => undefined);
}

/**
 * Classifies one image. Rejects with 'no_model', 'backbone_changed', 'picture_unreadable' or 'no_backend', and with the
 * signal's reason.
 */
export async function predictImage(image: Blob | ImageBitmap, signal: AbortSignal): Promise<Prediction> {
  const began = performance.now();
  const model = await modelInUse();
  if (!model) throw new GleanerError('no_model');
  const [gone] = await goneBackbones(model);
  if (gone) throw new GleanerError('backbone_changed', [gone.source]);
  signal.throwIfAborted();
  const explaining = withBackbones(model, ({ remote }) => remote.explain(image, model.head));
  const explanation = await unlessAborted(explaining, signal);
  const { noneOfThese } = await readSettings();
  const labels = model.labels.map(({ name }) => name);
  return {
    ...answered(explanation, labels, noneOfThese ? model.resemblance : undefined),
    backbone: model.backbone,
    seconds: (performance.now() - began) / 1000,
  };
}

/** Rejects with the signal's reason at once; the worker comes to the end of its image by itself. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/** Ends the worker; the next prediction starts another. */
export function closePredictor(): void {
  void open?.worker.then(({ terminate }) => terminate()).catch(() => undefined);
  open = undefined;
}

/** A worker with the backbones a head reads; one that failed is not used again. */
async function withBackbones<T>(
  input: HeadInput,
  work: (worker: RunningWorker<BackboneWorker>) => Promise<T>,
): Promise<T> {
  const id = inputId(input);
  if (open?.id !== id) closePredictor();
  open ??= { id, worker: start(backbonesOf(input).map(one => one.id)) };
  const mine = open;
  const giveUp = (error: unknown): never => {
    if (open === mine) closePredictor();
    throw error;
  };
  const worker = await mine.worker.catch(giveUp);
  return work(worker).catch(error => {
    // An error of ours is about the image; any other leaves a worker that nobody knows the state of.
    if (error instanceof GleanerError) throw error;
    return giveUp(error);
  });
}

/** A GPU would first compile its shaders for seconds; wasm has classified the image by then. */
async function start(ids: string[]): Promise<RunningWorker<BackboneWorker>> {
  return onNextBackend((await readSettings()).backend ?? 'wasm', async backend => {
    for (const id of ids) {
      if (!(await computesRightly(backend, id))) throw new Error(`the ${backend} backend computes wrongly`);
    }
    return openBackbone(backend, ...ids);
  });
}
