// A claim: a picture that stands under one label and was found for another as well. Which is right, the user says.
import type { Sample } from './sample';

export interface Claim {
  /** The label the picture was found for, besides the one it stands under (`sample.labelId`). */
  labelId: string;
  sample: Sample;
  /** The downloads that brought the same bytes again. */
  jobIds: string[];
}
