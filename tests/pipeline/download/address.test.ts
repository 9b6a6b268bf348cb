// Hostile addresses: every spelling of a private place, and everything that is no plain public web address.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusedAddress } from '../../../src/pipeline/download/address';

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
