// The addresses to try for one image, the best first: those a page names, each behind the larger sizes its site is known for.
import { type Candidate, MAX_ALTERNATIVE_LENGTH, MAX_ALTERNATIVES, type Refusal } from '../../contract/candidate';
import { checkAddress } from './check-address';
import { largerSizes } from './larger-sizes';

/** Addresses of one candidate that are looked at. */
const MOST_NAMED = 20;

/** From this long side on, in pixels, what an engine calls the full size is believed: it knows no larger one. */
const FULL_SIZE = 600;

/**
 * The first that may be downloaded, and at most six others, the last of those named among them. Where none may be
 * downloaded: why not the first.
 * @param raise  puts the larger sizes that a site is known to keep before each
 */
export function addressesOf(
  named: readonly unknown[],
  raise: boolean,
): Pick<Candidate, 'url' | 'alternatives'> | { refusal: Refusal } {
  const usable = new Set<string>();
  let refusal: Refusal | undefined;
  for (const address of named.slice(0, MOST_NAMED)) {
    const checked = typeof address === 'string' ? checkAddress(address) : { refusal: 'bad-address' as const };
    if ('refusal' in checked) {
      refusal ??= checked.refusal;
      continue;
    }
    if (raise) for (const larger of largerSizes(new URL(checked.key))) usable.add(larger);
    usable.add(checked.key);
  }
  const [url, ...others] = usable;
  if (url === undefined) return { refusal: refusal ?? 'no-full-size' };
  const short = others.filter(other => other.length <= MAX_ALTERNATIVE_LENGTH);
  const last = short.at(-1);
  if (last === undefined) return { url };
  return { url, alternatives: [...short.slice(0, -1).slice(0, MAX_ALTERNATIVES - 1), last] };
}

/**
 * The candidate with its checked addresses, larger ones first where it is small or the page does not say. Its size is that
 * of the address it was said of.
 * @param shown  whether sizes are those of images as a page shows them, which say nothing of the largest there is
 */
export function withAddresses(candidate: Candidate, shown: boolean): Candidate | { refusal: Refusal } {
  const said = Math.max(candidate.width ?? 0, candidate.height ?? 0);
  const found = addressesOf([candidate.url, ...(candidate.alternatives ?? [])], shown || said < FULL_SIZE);
  if ('refusal' in found) return found;
  const { alternatives: _named, width, height, ...rest } = candidate;
  const own = checkAddress(candidate.url);
  const sized = 'key' in own && own.key === found.url && width !== undefined && height !== undefined;
  return { ...rest, ...found, ...(sized ? { width, height } : {}) };
}
