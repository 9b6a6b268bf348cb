// A label's name: as it is kept, and as it can stand among other words without mixing up their order.
import { GleanerError } from '../../contract/error';
import { LONGEST_LABEL_NAME } from '../../contract/label';

/** Overrides, embeddings and isolates: they are seen by nobody and turn around what follows them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
/** Letters and marks that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** At least one character that leaves ink. */
const SEEN = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
const LONGEST_IN_SENTENCE = 60;
/** Units of one letter with all its marks; a "letter" of a million marks is cut. */
const LONGEST_LETTER = 40;
export const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The name as it is kept: NFC, single blanks, no control characters, nothing that turns text around; a name copied from a
 * sentence of ours is the same name again. '' when nothing can be seen of it.
 */
export function tidyName(name: string): string {
  const tidy = name
    .replace(/\p{Surrogate}/gu, '')
    .replace(TURNING, '')
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return SEEN.test(tidy) ? tidy : '';
}

/** The name as it is kept; throws 'label_name_empty' or 'label_name_long'. */
export function checkedName(name: string): string {
  const tidy = tidyName(name);
  if (tidy === '') throw new GleanerError('label_name_empty');
  if (tidy.length > LONGEST_LABEL_NAME)
    throw new GleanerError('label_name_long', [String(LONGEST_LABEL_NAME), named(tidy, 30), String(tidy.length)]);
  return tidy;
}

/**
 * A name in full within plain text, such as a title: isolated from its neighbours where it runs from right to left (Unicode
 * Bidirectional Algorithm, UAX 9, FSI and PDI).
 */
export function isolate(name: string): string {
  const straight = name.replace(TURNING, '');
  return RIGHT_TO_LEFT.test(straight) ? `\u2068${straight}\u2069` : straight;
}

/** A name within a sentence: isolated, and shortened to at most `most` letters as people count them. */
export function named(name: string, most = LONGEST_IN_SENTENCE): string {
  return isolate(shorten(name, most));
}

function shorten(name: string, most: number): string {
  if (name.length <= most) return name;
  // Letter by letter, because what is refused as a name may be a megabyte long.
  const shown: string[] = [];
  const start = name.slice(0, (most + 1) * LONGEST_LETTER);
  for (const { segment } of letters.segment(start)) {
    if (shown.length === most) return `${shown.slice(0, -1).join('')}…`;
    shown.push(segment);
  }
  // The last of them may be half of what it was.
  return start.length === name.length ? name : `${shown.slice(0, -1).join('')}…`;
}
