// Ends the reading of a weights file that makes no progress: a damaged file can send the HDF5 library round in circles.
import { GleanerError } from '../../contract/error';

/** Between two looks, in ms. A machine that slept or a page that was not looked at counts as one look, however long it took. */
const LOOK_MS = 5000;
/** Looks without progress that are enough: 30 seconds, where the largest layer takes a fraction of one. */
const LOOKS = 6;

/** Told how many layers are still to be read: at the beginning, and whenever one has been. */
export type OnLayer = (left: number) => void;

/**
 * Runs the reading under a signal of its own, which is aborted with the given signal, or with 'weights_damaged' once no layer
 * has come for long. Only reading is watched, not what comes before the first call of `OnLayer` and after the last layer.
 */
export async function unlessStalled<R>(
  work: (signal: AbortSignal, onLayer: OnLayer) => Promise<R>,
  signal: AbortSignal,
): Promise<R> {
  const stalled = new AbortController();
  let looks = 0;
  let reading = false;
  const timer = setInterval(() => {
    looks++;
    if (reading && looks >= LOOKS) stalled.abort(new GleanerError('weights_damaged'));
  }, LOOK_MS);
  try {
    return await work(AbortSignal.any([signal, stalled.signal]), left => {
      looks = 0;
      reading = left > 0;
    });
  } finally {
    clearInterval(timer);
  }
}
