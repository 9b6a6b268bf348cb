// The page inside model.zip: classifies a chosen, dropped or pasted image, or the camera, with the model beside it.
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, model as networkOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { geometryOf } from '../../backbones';
import type { Resemblance } from '../../contract/head';
import { imagePixels, type Seen } from '../../edges/image-pixels';
import { unfitImage } from '../../edges/unfit-image';
import { float16 } from '../../formats/half';
import type { ResemblanceFile } from '../../pipeline/export/resemblance-json';
import { resembles } from '../../pipeline/head/resemblance';
import { startBackend } from './backend';

const TOP = 5;

function element<K extends HTMLElement>(id: string): K {
  return document.getElementById(id) as K;
}
const status = element('status');
const file = element<HTMLInputElement>('file');
const camera = element<HTMLButtonElement>('camera');
const preview = element<HTMLImageElement>('picture');
const view = element<HTMLVideoElement>('camera-view');

let model: LayersModel;
let labels: string[] = [];
let seen: Seen;
let stream: MediaStream | undefined;
/** What tells an image that is none of the classes; models of earlier versions have none. */
let resemblance: Resemblance | undefined;

start().catch(error => {
  status.textContent =
    location.protocol === 'file:'
      ? 'Browsers do not let a page opened from the disk read its neighbours. Serve this folder, for instance with "python3 -m http.server", and open it there.'
      : `The model could not be loaded: ${error instanceof Error ? error.message : error}`;
});

async function start(): Promise<void> {
  const backend = await startBackend();
  labels = await json('labels.json');
  const report = await json<{ backbone: { id: string; weights: string }; resemblance?: { file: string } }>(
    'report.json',
  );
  element('seeded').hidden = report.backbone.weights !== 'seeded';
  const whole = await loadLayersModel('tfjs/model.json');
  // What the head reads is an answer too: it tells what resembles nothing that was learnt.
  const features = whole.getLayer('avg_pool').output as SymbolicTensor;
  model = networkOf({ inputs: whole.inputs, outputs: [whole.outputs[0]!, features] });
  if (report.resemblance) {
    const { least, means } = await json<ResemblanceFile>(report.resemblance.file);
    resemblance = { least, means: float16(Float32Array.from(means.flat())) };
  }
  // The first pass compiles and takes longest; nobody should wait for it with an image in hand.
  const [, side] = model.inputs[0]!.shape as [null, number];
  seen = { geometry: geometryOf(report.backbone.id), side };
  tf.dispose(model.predict(tf.zeros([1, side, side, 3])));
  file.disabled = false;
  camera.disabled = !navigator.mediaDevices;
  const ready = `Ready: ${labels.length} classes, running on ${backend}.`;
  const secure = 'Browsers give the camera only to pages from https or from this machine.';
  status.textContent = camera.disabled ? `${ready} ${secure}` : ready;
  file.addEventListener('change', () => void show(file.files?.[0]));
  camera.addEventListener('click', () => void (stream ? stopCamera() : startCamera()));
  document.addEventListener('paste', event => void show(event.clipboardData?.files[0]));
  const drop = element('drop');
  document.addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', () => drop.classList.remove('over'));
  document.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    void show(event.dataTransfer?.files[0]);
  });
}

async function json<T>(name: string): Promise<T> {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name} is not beside this page`);
  return response.json();
}

async function show(chosen: File | undefined): Promise<void> {
  if (!chosen) return;
  stopCamera();
  try {
    if (await unfitImage(chosen)) {
      status.textContent = `${chosen.name} is too large, damaged, or no picture of a kind this page reads.`;
      return;
    }
    await classify(chosen);
    URL.revokeObjectURL(preview.src);
    preview.src = URL.createObjectURL(chosen);
    preview.hidden = false;
  } catch {
    status.textContent = `${chosen.name} is not an image this browser can read.`;
  }
}

/** The image is read exactly as the extension read those it was trained on. */
async function classify(image: Blob | HTMLVideoElement): Promise<void> {
  const { side } = seen;
  const pixels = new Uint8Array(side * side * 3);
  await imagePixels(image, pixels, seen);
  const started = performance.now();
  const input = tf.tensor4d(Float32Array.from(pixels), [1, side, side, 3]);
  const outputs = model.predict(input) as [tf.Tensor, tf.Tensor];
  const [probabilities, features] = await Promise.all(outputs.map(output => output.data()));
  tf.dispose([input, ...outputs]);
  status.textContent = `Classified in ${Math.round(performance.now() - started)} ms.`;
  element('none').hidden = !resemblance || resembles(resemblance, Float32Array.from(features!));
  list(probabilities!);
}

function list(probabilities: ArrayLike<number>): void {
  const top = labels
    .map((label, i) => ({ label, p: probabilities[i] ?? 0 }))
    .sort((a, b) => b.p - a.p)
    .slice(0, TOP);
  element('classes-heading').hidden = false;
  element('classes').replaceChildren(
    ...top.map(({ label, p }) => {
      const item = document.createElement('li');
      const name = document.createElement('bdi');
      const share = document.createElement('span');
      const bar = document.createElement('progress');
      name.textContent = label;
      name.title = label;
      share.textContent = `${(100 * p).toFixed(1)}%`;
      bar.value = p;
      bar.setAttribute('aria-hidden', 'true');
      item.dataset.p = String(p);
      item.append(name, share, bar);
      return item;
    }),
  );
}

async function startCamera(): Promise<void> {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
  } catch (error) {
    status.textContent = `${cameraTrouble(error)} Choose, drop or paste a picture instead.`;
    return;
  }
  preview.hidden = true;
  view.hidden = false;
  view.srcObject = stream;
  camera.textContent = 'Stop the camera';
  await view.play();
  // One image after the other: the next begins only when the last is done, so a slow machine is never behind.
  while (stream) {
    await classify(view);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function cameraTrouble(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'This machine has no camera.';
  if (name === 'NotAllowedError') return 'The camera was not allowed for this page.';
  return 'The camera cannot be used; another program may have it.';
}

function stopCamera(): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  view.srcObject = null;
  view.hidden = true;
  camera.textContent = 'Use the camera';
}
