// Sends the background one image the user clicked on, at its full size where the page knows it.
import type { HarvestProgress } from '../../../contract/harvest';
import { engineFor } from '../../../engines';
import { hearAnswers, type SiteAnswer } from '../answers/answer-channel';
import { sendBatch } from './candidate-sender';
import { clickedImage } from './clicked-image';

/**
 * Rejects when the background stays silent.
 * @param doc  the same document as `page`, read past named elements
 * @param nonce  of the page's answers
 * @param image  address of the image as the page shows it
 */
export async function sendClicked(
  page: Document,
  doc: Document,
  nonce: string,
  image: string,
  harvestId: string,
): Promise<HarvestProgress> {
  const url = new URL(location.href);
  const engine = engineFor(url);
  const answers: SiteAnswer[] = [];
  // What the page fetched before is there at once.
  hearAnswers(doc, nonce, answer => answers.push(answer), AbortSignal.timeout(0));
  const { candidates, refused } = clickedImage(page, url, engine, image, answers);
  return sendBatch({ harvestId, engine: engine.id, candidates, tiles: 1, refused });
}
