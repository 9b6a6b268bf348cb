// The test of one image: looked at, asked about, and kept with its answer for when the popup opens again.
import { signal } from '@preact/signals';
import { hasImageSites } from '../../../edges/permissions';
import { keepLastTest, type LastTest, lastTest } from '../../../edges/store/last-test';
import { modelInUseId } from '../../../edges/store/models';
import { takeTestImage } from '../../../edges/test-request';
import { unfitImage } from '../../../edges/unfit-image';
import { openPredictor, predictImage } from '../../workers/predictor';
import { complain, wrong } from '../complain';
import { checkImage, fetchImageToTest } from '../image-to-test';

export const test = signal<LastTest>();
export const busy = signal(false);
/** An address that waits for access to image sites. */
export const waiting = signal<string>();

let running: AbortController | undefined;

/** Tests an image with the model in use. A second call takes the place of the first. */
export async function testImage(image: Blob): Promise<void> {
  await latestOnly(async signal => {
    await checkImage(image);
    signal.throwIfAborted();
    await predict(image, signal);
  });
}

/** Fetches an address and tests what is there. Needs access to image sites, which the click must have asked for. */
export async function testAddress(address: string): Promise<void> {
  if (!(await hasImageSites())) {
    waiting.value = address;
    return;
  }
  waiting.value = undefined;
  await latestOnly(async signal => {
    expectImage();
    const image = await fetchImageToTest(address);
    signal.throwIfAborted();
    await predict(image, signal);
  });
}

/** On opening: an image someone right-clicked comes first, then what was answered last. */
export async function continueTest(): Promise<void> {
  const address = await takeTestImage();
  if (address !== undefined) return testAddress(address);
  const last = await lastTest.get();
  // Earlier versions kept an image before they had looked at it; what was never answered is not begun with.
  if (!last?.prediction || (await unfitImage(last.picture).catch(() => 'undecodable'))) return;
  test.value = last;
  const asked = await modelInUseId();
  if (asked !== undefined && last.modelId !== asked) await latestOnly(signal => predict(last.picture, signal));
}

/** An image is likely to come: the network is loaded meanwhile. */
export function expectImage(): void {
  void openPredictor();
}

/** Shows the image and asks. It is kept with its answer only: one that ends the popup must not come back with the next. */
async function predict(image: Blob, signal: AbortSignal): Promise<void> {
  test.value = { picture: image };
  const modelId = await modelInUseId();
  const prediction = await predictImage(image, signal);
  signal.throwIfAborted();
  test.value = { picture: image, prediction, ...(modelId === undefined ? {} : { modelId }) };
  await keepLastTest(test.value);
}

/** Runs work in place of what was running, which is called off. */
async function latestOnly(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  busy.value = true;
  wrong.value = undefined;
  try {
    await work(mine.signal);
  } catch (error) {
    if (!mine.signal.aborted) complain(error);
  } finally {
    if (running === mine) busy.value = false;
  }
}
