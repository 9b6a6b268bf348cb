// Hostile addresses: every spelling of a private place, and everything that is no plain public web address.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusedAddress } from '../../../src/pipeline/download/address';
import { PRIVATE_ADDRESSES } from '../../../src/pipeline/download/private-hosts';

const PUBLIC = [
  'https://images.example.com/a.jpg',
  'http://images.example.com/a.jpg',
  'https://images.example.com:443/a.jpg',
  'http://images.example.com:80/a.jpg',
  'https://images.example.com:80/a.jpg',
  'https://93.184.216.34/a.jpg',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/a.jpg',
  'https://xn--mnchen-3ya.example/a.jpg',
  'https://münchen.example/a.jpg',
  'https://a_b.example.com/a.jpg',
  'https://example.com./a.jpg',
  'https://img.example.com/a.jpg?u=http://127.0.0.1/',
  'https://img.example.com/@127.0.0.1/a.jpg',
  'https://localhost.example.com/a.jpg',
  'https://172.15.255.255/a.jpg',
  'https://172.32.0.1/a.jpg',
  'https://100.63.255.255/',
  'https://100.128.0.1/',
  'https://11.0.0.1/',
  'https://198.17.0.1/',
  'https://223.255.255.255/',
  'https://10.example.com/',
  'https://127.0.0.1.example.com/',
  'https://mylocal.com/',
  'https://notfritz.box/',
  'https://test.example.com/',
  'https://[2001:200::1]/',
  'https://[2606:4700::1111]/',
];

const PRIVATE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://１２７.０.０.１/',
  'http://0.0.0.0/',
  'http://0/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://167772161/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.1.254/admin.png',
  'http://0xc0a80001/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://192.0.0.1/',
  'http://192.0.2.1/',
  'http://192.88.99.1/',
  'http://198.18.0.1/',
  'http://198.51.100.7/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:1::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[ff02::1]/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://a.localhost/',
  'http://printer.local/',
  'http://router.lan/',
  'http://nas.home/',
  'http://box.home.arpa/',
  'http://metadata.google.internal/',
  'http://wiki.corp/',
  'http://intranet/',
  'http://router/',
  'http://127.0.0.1.nip.io/',
  'http://10-0-0-1.sslip.io/',
  'http://a.localtest.me/',
  'http://lvh.me/',
  'http://1.0.0.127.in-addr.arpa/',
  'http://printer.localdomain/',
  'http://fritz.box/',
  'http://www.fritz.box/',
  'http://a.invalid/',
  'http://abcdefghij.onion/',
  'http://printer.local./',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2001::1]/',
  'http://[2001:1ff::1]/',
  'http://[febf::1]/',
  'http://[1::1]/',
];

const REFUSED = [
  '',
  ' ',
  'images.example.com/a.jpg',
  '//images.example.com/a.jpg',
  'ftp://example.com/a.jpg',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'blob:https://example.com/1',
  'javascript:alert(1)',
  'chrome-extension://abc/a.png',
  'moz-extension://abc/a.png',
  'about:blank',
  'view-source:https://example.com/',
  'ws://example.com/',
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://example.com@127.0.0.1/',
  'https://:p@example.com/',
  'https://example.com:22/',
  'https://example.com:8080/',
  'https://example.com:6379/',
  'https://example.com:65536/',
  'http://256.256.256.256/',
  'http://1.2.3.4.5/',
  'https://exa mple.com/',
  'https://example..com/',
  `https://${'a'.repeat(64)}.example.com/`,
  `https://example.com/${'a'.repeat(8192)}`,
  'https://[::1/',
  'https://[v1.fe]/',
];

/** The special-purpose blocks as IANA writes them, for which the patterns are another spelling. */
const BLOCKS_V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const isSpecialV4 = (address: string) =>
  BLOCKS_V4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(numberOf(address) / size) === Math.floor(numberOf(first) / size);
  });
const isSpecialV6 = ([a = 0, b = 0]: number[]) =>
  a >>> 13 !== 1 || (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || a === 0x2002 || a === 0x3fff;

describe('the patterns of private hosts', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  // Every first octet, and around the edges of each block.
  const near = fc
    .constantFrom(...BLOCKS_V4.map(([first]) => first.split('.').map(Number)))
    .chain(block =>
      fc.tuple(...block.map(part => fc.integer({ min: Math.max(0, part - 1), max: Math.min(255, part + 70) }))),
    );
  it('are the special-purpose blocks of IPv4, no more and no less', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(octet, octet, octet, octet), near), parts => {
        const address = parts.join('.');
        expect([address, refusedAddress(`http://${address}/`)]).toEqual([
          address,
          isSpecialV4(address) ? 'private-address' : undefined,
        ]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('are those of IPv6', () => {
    const group = fc.oneof(
      fc.constantFrom(0, 1, 0x1ff, 0x200, 0xdb8, 0x2000, 0x2001, 0x2002, 0x3fff, 0x64, 0xff9b, 0xfc00, 0xfe80, 0xffff),
      fc.integer({ min: 0, max: 0xffff }),
    );
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), groups => {
        const address = groups.map(part => part.toString(16)).join(':');
        expect([address, refusedAddress(`http://[${address}]/`)]).toEqual([
          address,
          isSpecialV6(groups) ? 'private-address' : undefined,
        ]);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("the browser's rules", () => {
  const barred = (address: string) => PRIVATE_ADDRESSES.some(pattern => new RegExp(pattern).test(address));
  it.each(PRIVATE)('bar %s, also with a name, a password and a port', address => {
    const url = new URL(address);
    expect(barred(url.href)).toBe(true);
    url.port = '8443';
    url.username = 'a.b';
    url.password = 'c:d';
    expect(barred(url.href)).toBe(true);
  });
  it.each(PUBLIC)('let %s through', address => {
    expect(barred(new URL(address).href)).toBe(false);
  });
  it('are what RE2 can compile in 2 KB: no lookaround, no back reference, short', () => {
    for (const pattern of PRIVATE_ADDRESSES) {
      expect(pattern).not.toMatch(/\(\?[=!<]|\\[1-9]/);
      expect(pattern.length).toBeLessThan(160);
    }
  });
});

describe('refusedAddress', () => {
  it.each(PUBLIC)('lets %s through', address => {
    expect(refusedAddress(address)).toBeUndefined();
  });
  it.each(PRIVATE)('knows %s for private', address => {
    expect(refusedAddress(address)).toBe('private-address');
  });
  it.each(REFUSED)('refuses %s', address => {
    expect(refusedAddress(address)).toBe('address-refused');
  });

  it('never throws, and never lets a private IPv4 through in any spelling', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void refusedAddress(text)));
    fc.assert(fc.property(fc.webUrl(), text => void refusedAddress(text)));
    const byte = fc.integer({ min: 0, max: 255 });
    const spelling = fc.constantFrom(
      (b: number[]) => b.join('.'),
      (b: number[]) => b.map(x => `0x${x.toString(16)}`).join('.'),
      (b: number[]) => b.map(x => `0${x.toString(8)}`).join('.'),
      (b: number[]) => `${((b[0]! * 256 + b[1]!) * 256 + b[2]!) * 256 + b[3]!}`,
      (b: number[]) => `[::ffff:${b.join('.')}]`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom([10], [127], [192, 168], [169, 254]),
        fc.tuple(byte, byte, byte),
        spelling,
        (net, rest, spell) => {
          const address = [...net, ...rest].slice(0, 4);
          expect(refusedAddress(`http://${spell(address)}/a.jpg`)).toBe('private-address');
        },
      ),
      { numRuns: 500 },
    );
  }, 30_000);
});
