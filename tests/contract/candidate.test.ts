// What counts as an address of the web, before anything is fetched from it or made a link of.
import { expect, it } from 'vitest';
import { isWebAddress } from '../../src/contract/candidate';

it.each(['https://a.test/1.jpg', 'HTTP://a.test', 'http://[::1]:80/?q#x', 'https://bücher.test/ä b'])(
  '%s is one',
  text => expect(isWebAddress(text)).toBe(true),
);

it.each([
  '',
  'http:a.test',
  ' https://a.test',
  'https://',
  'https://a b.test',
  '//a.test',
  'data:,x',
  'javascript://a.test',
])('“%s” is none', text => expect(isWebAddress(text)).toBe(false));
