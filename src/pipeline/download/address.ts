// Which addresses may be fetched at all: public http(s) hosts on their usual ports. Asked before a request and again after redirects.
import type { Reason } from '../../contract/job';

const LONGEST = 8192;
const PRIVATE_NAMES = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'private',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
];
// Public names that answer with whatever private address is written into them.
const REBINDING_NAMES = ['nip.io', 'sslip.io', 'xip.io', 'localtest.me', 'lvh.me', 'vcap.me', 'lacolhost.com'];

/**
 * Why an address must not be fetched, or undefined when it may. The URL parser turns every spelling of an IPv4 address
 * (octal, hexadecimal, one number, short forms) into four decimal numbers, so only those are looked at. A public name
 * that resolves to a private address cannot be seen from here.
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
  if (hostname.startsWith('[')) return isPublicV6(parseV6(hostname.slice(1, -1))) ? undefined : 'private-address';
  const v4 = parseV4(hostname);
  if (v4) return isPublicV4(v4) ? undefined : 'private-address';
  const name = hostname.replace(/(?<!\.)\.+$/, '');
  const within = (suffix: string) => name === suffix || name.endsWith(`.${suffix}`);
  if ([...PRIVATE_NAMES, ...REBINDING_NAMES].some(within)) return 'private-address';
  // A name of one label is looked up in the user's own network.
  if (!name.includes('.')) return 'private-address';
  return /^[a-z0-9._-]{1,253}$/.test(name) && name.split('.').every(label => label.length > 0 && label.length <= 63)
    ? undefined
    : 'address-refused';
}

function parseV4(hostname: string): number[] | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.?$/.exec(hostname)?.slice(1).map(Number);
  return parts?.every(part => part <= 255) ? parts : undefined;
}

/** Special-purpose blocks of IPv4 (IANA registry), as [first address, prefix length]. */
const SPECIAL_V4: [number[], number][] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
];

function isPublicV4(address: number[]): boolean {
  return !SPECIAL_V4.some(([first, prefix]) => (toNumber(address) ^ toNumber(first)) >>> (32 - prefix) === 0);
}

function toNumber(bytes: number[]): number {
  return bytes.reduce((sum, byte) => (sum << 8) | byte, 0) >>> 0;
}

/** Eight 16-bit groups of an IPv6 address as the URL parser writes it (hexadecimal, at most one "::"). */
function parseV6(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

/** Only global unicast (2000::/3) is public; tunnels that carry an IPv4 address could lead anywhere and are refused. */
function isPublicV6([a = 0, b = 0]: number[]): boolean {
  if (a >>> 13 !== 1) return false;
  // Teredo 2001::/32, benchmarking and ORCHID 2001:2::/48 … 2001:2f::, documentation 2001:db8::/32 and 3fff::/20, 6to4 2002::/16.
  return !((a === 0x2001 && (b < 0x200 || b === 0xdb8)) || a === 0x2002 || a === 0x3fff);
}
