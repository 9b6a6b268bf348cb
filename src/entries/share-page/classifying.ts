// What the page does: opens its model, answers images and the camera, one at a time.
import { signal } from '@preact/signals';
import { backboneOf, geometryOf } from '../../backbones';
import { GleanerError } from '../../contract/error';
import type { Prediction } from '../../contract/report';
import type { SharedModel } from '../../contract/shared-page';
import { breathe } from '../../edges/breathe';
import { imagePixels } from '../../edges/image-pixels';
import { ownReasonWords } from '../../edges/reason-words';
import { unfitImage } from '../../edges/unfit-image';
import { createKernelNetwork } from '../../pipeline/features/kernel-network';
import type { Network } from '../../pipeline/features/network';
import { sideBySide } from '../../pipeline/features/pool';
import { complain, wrong } from '../parts/complain';
import { answered, explain } from '../workers/explanation';
import { type OpenedModel, openModel } from './shared-model';
import { sharedWords } from './shared-words';

/** What is said of the model; undefined until it was read, and where it cannot be. */
export const words = signal<SharedModel>();
export const state = signal<'reading' | 'ready' | 'busy' | 'broken'>('reading');
export const shown = signal<{ image: Blob; prediction?: Prediction }>();

type Answering = (image: ImageBitmapSource) => Promise<Prediction>;
let opening: Promise<Answering> | undefined;

/** Makes the network ready, so that nobody waits for it with an image in hand. */
export async function open(): Promise<void> {
  try {
    words.value = sharedWords(document);
    opening = openNetwork(words.value);
    await opening;
    if (state.value === 'reading') state.value = 'ready';
  } catch (error) {
    state.value = 'broken';
    complain(error);
  }
}

async function openNetwork(said: SharedModel): Promise<Answering> {
  // What was said is painted before the page is busy.
  await breathe();
  const model = openModel(said, document);
  const networks: Network[] = [];
  for (const { backbone, layers } of model.networks) {
    const network = await createKernelNetwork(backbone, layers).catch(cause => {
      throw new GleanerError('shared_old_browser', [], { cause });
    });
    networks.push(network);
  }
  return image => answer(model, networks, image);
}

async function answer(
  { words: { backbone: info, labels }, networks: opened, head, resemblance }: OpenedModel,
  networks: Network[],
  image: ImageBitmapSource,
): Promise<Prediction> {
  const began = performance.now();
  const { side } = backboneOf(info.family);
  const pixels = new Uint8Array(side * side * 3);
  await imagePixels(image, pixels, { geometry: geometryOf(info.id), side });
  const lengths = opened.map(({ backbone }) => backbone.length);
  const each: Float32Array[] = [];
  for (const { activations } of networks) each.push(await activations(pixels, undefined, breathe));
  const length = lengths.reduce((sum, one) => sum + one, 0);
  const explanation = explain(sideBySide(each, lengths), length, head);
  const seconds = (performance.now() - began) / 1000;
  return { ...answered(explanation, labels, resemblance), backbone: info, seconds };
}

/** Answers one image; two never run at once, because they share the network's memory. */
export function classify(image: ImageBitmapSource): Promise<Prediction> {
  const mine = before.then(async () => (await opening!)(image));
  before = mine.catch(() => undefined);
  return mine;
}
let before: Promise<unknown> = Promise.resolve();

/** Shows a file and what the model says of it; the latest wins. */
export async function show(image: File): Promise<void> {
  wrong.value = undefined;
  try {
    const unfit = await unfitImage(image);
    if (unfit) throw new GleanerError('picture_not_tested', [ownReasonWords(unfit)]);
    const mine = { image };
    shown.value = mine;
    state.value = 'busy';
    const prediction = await classify(image).catch(cause => {
      throw cause instanceof GleanerError ? cause : new GleanerError('picture_unreadable', [], { cause });
    });
    if (shown.value === mine) shown.value = { image, prediction };
  } catch (error) {
    complain(error);
  } finally {
    if (state.value === 'busy') state.value = 'ready';
  }
}
