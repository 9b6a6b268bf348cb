// The images that are tried on this page, each with the model's answer and the reason for it; asked again of a newer model.
import { signal } from '@preact/signals';
import type { Label } from '../../../contract/label';
import type { Model, Prediction } from '../../../contract/report';
import { sampleByHash } from '../../../edges/store/samples';
import { sha256 } from '../../../formats/sha256';
import { inTurn } from '../../../pipeline/streams/in-turn';
import { wordsFor } from '../../parts/complain';
import { checkImage } from '../../parts/image-to-test';
import { hasLearnt, type NearestImage, nearestLearnt } from '../../workers/nearest';
import { predictImage } from '../../workers/predictor';
import { moveSamples } from '../app/changes';
import { model } from '../app/state';
import { Task } from '../app/task';
import { add } from '../dataset/adding';

export interface Tried {
  id: number;
  image: Blob;
  name: string;
  /** Of the bytes; missing until they were looked at: before that no decoder may see them. */
  sha256?: string;
  prediction?: Prediction;
  /** The model that answered. */
  modelId?: string;
  /** The model has learnt from this very image, or was tested with it. */
  seen?: 'learnt' | 'held_out';
  nearest?: NearestImage[];
  /** Why it could not be tried. */
  wrong?: string;
  /** Where it stands since the user said what it is. */
  corrected?: Corrected;
}

export interface Corrected {
  /** Name of the label. */
  label: string;
  /** `there`: it stood there before; `test`: it came among the images that are only tested with. */
  as: 'learnt_from' | 'there' | 'test';
}

/** The newest first. */
export const tries = signal<readonly Tried[]>([]);
/** Kept at a time: each holds its file. */
const KEPT = 12;
const NEAREST = 3;

/** One image at a time. While the model is being trained none is asked about: the memory is wanted there. */
const asking = new Task();
const paused = signal(false);
let newest = 0;

/** Tries images one after the other, in their order. */
export function tryImages(images: readonly Blob[]): void {
  for (const image of images.slice(0, KEPT)) {
    const one: Tried = { id: ++newest, image, name: image instanceof File ? image.name : '' };
    tries.value = [one, ...tries.value].slice(0, KEPT);
    void lookAt(one).then(() => answer(one));
  }
}

export function clearTries(): void {
  tries.value = [];
  asking.cancel();
}

/** Asks the model in use about what it has not answered, unless a training runs. */
export function answerTries(training: boolean): void {
  paused.value = training;
  if (training) asking.cancel();
  else for (const one of tries.value) void answer(one);
}

/** Whether it may be decoded, and which image it is. */
async function lookAt(one: Tried): Promise<void> {
  try {
    await checkImage(one.image);
    replace({ ...one, sha256: await sha256(await one.image.arrayBuffer()) });
  } catch (error) {
    replace({ ...one, wrong: wordsFor(error) });
  }
}

function answer({ id, image, name }: Tried): Promise<void> {
  return inTurn('try', async () => {
    const asked = model.value;
    const now = tries.value.find(one => one.id === id);
    const hash = now?.sha256;
    if (paused.value || !asked || hash === undefined || now?.modelId === asked.id) return;
    await asking.run({}, async (_, signal) => {
      try {
        const prediction = await predictImage(image, signal);
        const { features } = prediction;
        const nearest = features && (await nearestLearnt(asked, features, hash, NEAREST, signal));
        // Anew: what was said of an earlier answer is no longer so.
        const answered: Tried = { id, image, name, sha256: hash, prediction, modelId: asked.id };
        replace({ ...answered, ...seenBefore(asked, hash), ...(nearest && { nearest }) });
      } catch (error) {
        if (!signal.aborted) replace({ id, image, name, wrong: wordsFor(error) });
      }
      return undefined;
    });
  });
}

function seenBefore(asked: Model, hash: string): Pick<Tried, 'seen'> {
  const verdict = asked.verdicts.find(one => one.sha256 === hash);
  return verdict ? { seen: hasLearnt(asked, verdict) ? 'learnt' : 'held_out' } : {};
}

/** Puts an image under the label it belongs to: one of the dataset is moved there, any other is added. */
export async function correct(tried: Tried, label: Label): Promise<void> {
  const { image, name, sha256: hash } = tried;
  const there = hash === undefined ? undefined : await sampleByHash(hash);
  if (there && there.deletedAt === undefined) await moveSamples([there], label);
  else await add(label, [new File([image], name || 'image', { type: image.type })]);
  const now = hash === undefined ? undefined : await sampleByHash(hash);
  // Where it was not taken, that has been said.
  if (now?.deletedAt !== undefined || now?.labelId !== label.id) return;
  const stood = there?.deletedAt === undefined && there?.labelId === label.id;
  const as = stood ? 'there' : now.split === 'test' ? 'test' : 'learnt_from';
  replace({ ...tried, corrected: { label: label.name, as } });
}

function replace(now: Tried): void {
  tries.value = tries.value.map(one => (one.id === now.id ? now : one));
}
