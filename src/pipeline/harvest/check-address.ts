// Whether an address may be downloaded, as it is or unwrapped, or why not.
import { MAX_ADDRESS_LENGTH, type Refusal } from '../../contract/candidate';
import { isThumbnail } from './thumbnails';
import { unwrap } from './unwrap';

/** The address to download, which is also the key for duplicates, or why there is none. */
export function checkAddress(address: string): { key: string } | { refusal: Refusal } {
  if (address.length > MAX_ADDRESS_LENGTH) return { refusal: 'too-long' };
  if (!URL.canParse(address)) return { refusal: 'bad-address' };
  const outer = new URL(address);
  if (!isHttp(outer)) return { refusal: 'not-http' };
  const url = unwrap(outer);
  if (isThumbnail(url)) return { refusal: 'thumbnail-host' };
  if (url.hostname === '' || url.username !== '' || url.password !== '') return { refusal: 'bad-address' };
  url.hash = '';
  return url.href.length > MAX_ADDRESS_LENGTH ? { refusal: 'too-long' } : { key: url.href };
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}
