// An image someone wants the model's answer to: looked at before any decoder sees it, fetched where it is an address.
import { GleanerError } from '../../contract/error';
import { fetchGuarded } from '../../edges/fetch-guarded';
import { ownReasonWords, reasonWords } from '../../edges/reason-words';
import { unfitImage } from '../../edges/unfit-image';

/** Rejects with 'picture_not_tested' and the reason where the image must not be decoded. */
export async function checkImage(image: Blob): Promise<void> {
  const unfit = await unfitImage(image);
  if (unfit) throw new GleanerError('picture_not_tested', [ownReasonWords(unfit)]);
}

/** The image at an address. Needs access to image sites; rejects with 'picture_not_had' and the reason. */
export async function fetchImageToTest(address: string): Promise<Blob> {
  // Looking at one image is no collecting, so no opt-out of collecting applies.
  const fetched = await fetchGuarded(address, { honourOptOut: false });
  if (!fetched.ok) throw new GleanerError('picture_not_had', [reasonWords(fetched.outcome.reason)]);
  const image = new Blob([fetched.body]);
  const unfit = await unfitImage(image);
  if (unfit) throw new GleanerError('picture_not_had', [reasonWords(unfit)]);
  return image;
}
