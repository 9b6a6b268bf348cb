// Hosts that lie in the user's own network, as patterns that this code and the browser's request rules both understand.

const PRIVATE_NAMES = ['localhost', 'local', 'localdomain', 'internal', 'intranet', 'lan'];
const PRIVATE_DOMAINS = ['home', 'corp', 'private', 'home.arpa', 'in-addr.arpa', 'ip6.arpa'];
/** Names no public server has (RFC 6761, 7686). `example` and `test` are left out: the hosts of the demo and of tests. */
const UNPUBLIC_NAMES = ['invalid', 'onion'];
/** What home routers answer to. */
const ROUTER_NAMES = ['fritz.box', 'easy.box', 'o2.box', 'speedport.ip', 'routerlogin.net', 'tplinkwifi.net'];
/** Public names that answer with whatever private address is written into them. */
const REBINDING_NAMES = ['nip.io', 'sslip.io', 'xip.io', 'localtest.me', 'lvh.me', 'vcap.me', 'lacolhost.com'];

/**
 * Special-purpose blocks of IPv4 (IANA registry), in whole octets: 0/8, 10/8, 127/8, 100.64/10, 169.254/16, 172.16/12,
 * 192.0.0/24, 192.0.2/24, 192.88.99/24, 192.168/16, 198.18/15, 198.51.100/24, 203.0.113/24, 224/3. No host but an IPv4
 * address ends in a number, so what follows need not be counted.
 */
const IPV4 = [
  '0|10|127|22[4-9]|2[3-5][0-9]',
  '100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])',
  '172\\.(?:1[6-9]|2[0-9]|3[01])',
  '169\\.254|192\\.168|198\\.1[89]',
  '192\\.0\\.[02]|192\\.88\\.99|198\\.51\\.100|203\\.0\\.113',
];

/**
 * IPv6 addresses that are not global unicast (2000::/3): among them loopback, v4-mapped, NAT64 64:ff9b::, unique local,
 * link-local, site-local and multicast ones; and of 2000::/3 the tunnels that carry an IPv4 address, which could lead
 * anywhere (Teredo 2001::/32, 6to4 2002::/16), benchmarking and ORCHID (2001:2:: to 2001:1ff::), and documentation
 * (2001:db8::/32, 3fff::/16).
 */
const IPV6 = [
  '\\[(?::|[0-9a-f]{1,3}:|[014-9a-f][0-9a-f]{3}:)[^/]*\\]',
  '\\[2001:(?::|[0-9a-f]{1,2}:|1[0-9a-f]{2}:|db8:)[^/]*\\]',
  '\\[(?:2002|3fff):[^/]*\\]',
];

/** A name of one label is looked up in the user's own network. */
const ONE_LABEL = '[^.:/@[\\]]+\\.*';

/**
 * Each matches some private hosts as a whole, in the form the URL parser gives them: it turns every spelling of an IPv4
 * address (octal, hexadecimal, one number, short forms) into four decimal numbers and shortens IPv6 addresses in one way.
 * They keep to what RE2 knows, and are short, because browsers refuse a rule whose pattern takes more than 2 KB when it
 * is compiled.
 */
export const PRIVATE_HOSTS: readonly string[] = [
  ...IPV4.map(octets => `(?:${octets})\\.[0-9.]+`),
  ...IPV6,
  ONE_LABEL,
  ...[PRIVATE_NAMES, PRIVATE_DOMAINS, UNPUBLIC_NAMES, ROUTER_NAMES, REBINDING_NAMES].map(within),
];

/** The names and everything below them; dots at the end change nothing. */
function within(names: readonly string[]): string {
  return `(?:[^/:@]*\\.)?(?:${names.map(name => name.replaceAll('.', '\\.')).join('|')})\\.*`;
}

/** Private hosts as patterns of whole addresses, for the browser: with whatever name, password and port stand there. */
export const PRIVATE_ADDRESSES: readonly string[] = PRIVATE_HOSTS.map(
  host => `^https?://(?:[^/@]*@)?(?:${host})(?::[0-9]+)?/`,
);

const PRIVATE = PRIVATE_HOSTS.map(host => new RegExp(`^(?:${host})$`));

/** @param hostname  as the URL parser gives it */
export function isPrivateHost(hostname: string): boolean {
  return PRIVATE.some(pattern => pattern.test(hostname));
}
