// The fields that rows of a backup are made of, and what each may hold.
import {
  MAX_ADDRESS_LENGTH,
  MAX_ALTERNATIVE_LENGTH,
  MAX_ALTERNATIVES,
  type Provenance,
} from '../../contract/candidate';
import { REASONS, type Reason } from '../../contract/job';
import { LONGEST_LABEL_NAME } from '../../contract/label';
import { list, object, oneOf, optional, record, refuse, type Shape, text, whole } from './shape';

/** The latest time a Date can hold. */
const TIME = 8.64e15;
export const SIDE = 1_000_000;
export const MOST = 1_000_000_000;
/** No backup holds more labels. */
export const MOST_LABELS = 10_000;

export const time: Shape<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= TIME ? value : refuse(at);
/** As `crypto.randomUUID` makes them, so that no id of a file can mean anything else here. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const id = text(36, UUID);
/** What features are of: it becomes part of keys, and stands in files made of a model, in every format. */
export const backboneId = text(200, /^[a-z0-9][a-z0-9._-]*$/i);
export const hash = text(64, /^[0-9a-f]{64}$/);
export const words = text(2000);
export const labelName = text(LONGEST_LABEL_NAME);

/** Empty, or an http(s) address: what a screen may make a link of. */
export const address: Shape<string> = (value, at) => {
  const checked = text(MAX_ADDRESS_LENGTH)(value, at);
  return checked === '' || (/^https?:\/\//i.test(checked) && URL.canParse(checked)) ? checked : refuse(at);
};
export const webAddress: Shape<string> = (value, at) => address(value, at) || refuse(at);
const alternative: Shape<string> = (value, at) => webAddress(text(MAX_ALTERNATIVE_LENGTH)(value, at), at);
/** As `Infinity` and fractions of a page's own numbers would come. */
const side: Shape<number> = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= SIDE ? value : refuse(at);

export const CANDIDATE = {
  alternatives: optional(list(alternative, MAX_ALTERNATIVES)),
  width: optional(side),
  height: optional(side),
  title: optional(words),
  sourcePage: optional(address),
  licence: optional(words),
  thumbnail: optional(address),
};
export const provenance = object<Provenance>({
  engine: text(100),
  query: words,
  pageUrl: address,
  harvestedAt: time,
  downloadedFrom: optional(webAddress),
});

export const rejectedCounts: Shape<Partial<Record<Reason, number>>> = record(
  oneOf(REASONS),
  whole(MOST),
  REASONS.length,
);
