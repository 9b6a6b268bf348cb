// The image tested last and what the model said of it, so that closing the popup loses neither.
import type { Prediction } from '../../contract/report';
import { metaItem } from './meta';

export interface LastTest {
  /** The image, under the name that earlier versions stored it by. */
  picture: Blob;
  /** Missing while the answer is being worked out; earlier versions kept such a test too. */
  prediction?: Prediction;
  /** The model that answered; a newer one has not been asked yet. */
  modelId?: string;
}

/** To be kept once it is answered. */
export const lastTest = metaItem<LastTest>('last-test');
