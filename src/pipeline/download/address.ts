// Which addresses may be fetched at all: public http(s) hosts on their usual ports. Asked before a request and again after redirects.
import { MAX_ADDRESS_LENGTH } from '../../contract/candidate';
import type { Reason } from '../../contract/job';
import { isPrivateHost } from './private-hosts';

/**
 * Why an address must not be fetched, or undefined when it may. A public name that resolves to a private
 * address cannot be seen from here.
 */
export function refusedAddress(address: string): Extract<Reason, 'private-address' | 'address-refused'> | undefined {
  const url = address.length > MAX_ADDRESS_LENGTH ? undefined : parsed(address);
  if (url === undefined) return 'address-refused';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'address-refused';
  if (url.username !== '' || url.password !== '') return 'address-refused';
  // The parser drops a scheme's default port; 80 over https and 443 over http are harmless, others are not web servers.
  if (!['', '80', '443'].includes(url.port)) return 'address-refused';
  return refusedHost(url.hostname);
}

/** Without `URL.canParse`, which Node 20 answers wrongly for letters like ü once it is called often, as tests do. */
function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

function refusedHost(hostname: string): 'private-address' | 'address-refused' | undefined {
  if (isPrivateHost(hostname)) return 'private-address';
  if (hostname.startsWith('[')) return undefined;
  const name = hostname.replace(/(?<!\.)\.+$/, '');
  return /^[a-z0-9._-]{1,253}$/.test(name) && name.split('.').every(label => label.length > 0 && label.length <= 63)
    ? undefined
    : 'address-refused';
}
