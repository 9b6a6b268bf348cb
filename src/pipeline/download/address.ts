// Which addresses may be fetched at all: public http(s) hosts on their usual ports. Asked before a request and again after redirects.
import type { Reason } from '../../contract/job';
import { isPrivateHost } from './private-hosts';

const LONGEST = 8192;

/**
 * Why an address must not be fetched, or undefined when it may. A public name that resolves to a private
 * address cannot be seen from here.
 */
export function refusedAddress(address: string): Extract<Reason, 'private-address' | 'address-refused'> | undefined {
  if (address.length > LONGEST || !URL.canParse(address)) return 'address-refused';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'address-refused';
  if (url.username !== '' || url.password !== '') return 'address-refused';
  // The parser drops a scheme's default port; 80 over https and 443 over http are harmless, others are not web servers.
  if (!['', '80', '443'].includes(url.port)) return 'address-refused';
  return refusedHost(url.hostname);
}

function refusedHost(hostname: string): 'private-address' | 'address-refused' | undefined {
  if (isPrivateHost(hostname)) return 'private-address';
  if (hostname.startsWith('[')) return undefined;
  const name = hostname.replace(/(?<!\.)\.+$/, '');
  return /^[a-z0-9._-]{1,253}$/.test(name) && name.split('.').every(label => label.length > 0 && label.length <= 63)
    ? undefined
    : 'address-refused';
}
