// The test of one picture: looked at, asked about, and kept with its answer for when the popup opens again.
import { signal } from '@preact/signals';
import { hasImageSites } from '../../../edges/permissions';
import { type LastTest, lastTest } from '../../../edges/store/last-test';
import { newestModel } from '../../../edges/store/models';
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

/** Tests a picture with the newest model. A second call takes the place of the first. */
export async function testImage(picture: Blob): Promise<void> {
  await latestOnly(async signal => {
    await checkImage(picture);
    signal.throwIfAborted();
    await predict(picture, signal);
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
    const picture = await fetchImageToTest(address);
    signal.throwIfAborted();
    await predict(picture, signal);
  });
}

/** On opening: an image someone right-clicked comes first, then what was answered last. */
export async function continueTest(): Promise<void> {
  const address = await takeTestImage();
  if (address !== undefined) return testAddress(address);
  const last = await lastTest.get();
  // Earlier versions kept a picture before they had looked at it; what was never answered is not begun with.
  if (!last?.prediction || (await unfitImage(last.picture).catch(() => 'undecodable'))) return;
  test.value = last;
  const newest = await newestModel();
  if (newest && last.modelId !== newest.id) await latestOnly(signal => predict(last.picture, signal));
}

/** A picture is likely to come: the network is loaded meanwhile. */
export function expectImage(): void {
  void openPredictor();
}

/** Shows the picture and asks. It is kept with its answer only: one that ends the popup must not come back with the next. */
async function predict(picture: Blob, signal: AbortSignal): Promise<void> {
  test.value = { picture };
  const modelId = (await newestModel())?.id;
  const prediction = await predictImage(picture, signal);
  signal.throwIfAborted();
  test.value = { picture, prediction, ...(modelId === undefined ? {} : { modelId }) };
  await lastTest.set(test.value);
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
