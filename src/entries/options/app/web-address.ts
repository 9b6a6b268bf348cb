// Addresses from pages may be anything; only web addresses become links.
import { isWebAddress } from '../../../contract/candidate';

/** The address when it is http(s), else undefined, which makes a link without a target. */
export function webAddress(address: string | undefined): string | undefined {
  return address !== undefined && isWebAddress(address) ? address : undefined;
}
