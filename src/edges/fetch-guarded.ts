// The one way to fetch an address of others: never into the user's own network, whatever a server sends us on to.
import { type Fetched, type FetchOptions, fetchImage } from './fetch-image';
import { hasAccessEverywhere } from './permissions';
import { keepsOutOfPrivateNetworks } from './private-network-rule';

/** As `fetchImage`; nothing is asked while the browser does not keep us out of private networks. */
export async function fetchGuarded(address: string, options: FetchOptions): Promise<Fetched> {
  if (!(await keepsOutOfPrivateNetworks()))
    return { ok: false, outcome: { kind: 'retry', reason: 'network', detail: 'private networks are open' } };
  // The rules see only hosts we have access to, so without access to all of them no server may send us on.
  return fetchImage(address, { ...options, followRedirects: await hasAccessEverywhere() });
}
