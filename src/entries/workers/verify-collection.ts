// What a page calls to check the collection: it reads the images itself, and the background marks what was lost.
import { ask } from '../../edges/messages';
import { type Marks, type Verified, verifySamples } from '../../edges/store/verify';

const marks: Marks = {
  lost: async sha256 => (await ask('markLost', { sha256 })).requeued,
  sound: sha256 => ask('markSound', { sha256 }),
};

/**
 * Reads every image again; what the browser lost or damaged is fetched again where it has an address. Aborting keeps what was
 * found so far and rejects with the signal's reason.
 */
export function verifyCollection(
  onProgress: (checked: number, total: number) => void,
  signal: AbortSignal,
): Promise<Verified> {
  return verifySamples(marks, onProgress, signal);
}
