// Which larger copies a site keeps of an image, told by the form of the address alone.
import { SITES } from './sites-sizes';

/**
 * Addresses of the same image in larger sizes, by what is known of its site, the largest first; empty when none are known or it
 * is large already. They are guesses with a proof: whoever asks keeps this address as the last to try.
 */
export function largerSizes(url: URL): string[] {
  // Whole addresses of this length carry data; no pattern is tried on them.
  if (url.pathname.length > 2000) return [];
  for (const { host, path, larger } of SITES) {
    const match = host.test(url.hostname) ? path.exec(url.pathname) : null;
    const found = match === null ? [] : larger(url, match).filter(address => address !== url.href);
    if (found.length > 0) return found;
  }
  return [];
}
