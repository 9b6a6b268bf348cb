// Checks the addresses of an imported list as those of a page are checked, and counts what is refused by reason.
import { type Candidate, MAX_ADDRESS_LENGTH, type Refusal } from '../../contract/candidate';

/** Addresses looked at in one message. */
export const MOST_LISTED = 500;

/**
 * The usable addresses among the first 500 of `values`, unwrapped; anything else is refused by reason.
 * @param check  what is done with the addresses of a page
 */
export function checkList(
  values: unknown,
  check: (address: string) => { key: string } | { refusal: Refusal },
): {
  candidates: Candidate[];
  refused: Partial<Record<Refusal, number>>;
} {
  const candidates: Candidate[] = [];
  const refused: Partial<Record<Refusal, number>> = {};
  const refuse = (reason: Refusal) => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  };
  for (const value of Array.isArray(values) ? values.slice(0, MOST_LISTED) : []) {
    if (typeof value !== 'string') refuse('bad-address');
    else if (value.length > MAX_ADDRESS_LENGTH) refuse('too-long');
    else {
      const checked = check(value);
      if ('key' in checked) candidates.push({ url: checked.key });
      else refuse(checked.refusal);
    }
  }
  return { candidates, refused };
}
