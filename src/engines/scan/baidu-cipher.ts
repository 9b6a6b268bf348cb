// Baidu's obfuscated addresses (`objURL`, `objurl=`): three tokens for the marks, one letter for another elsewhere.
import { MAX_ADDRESS_LENGTH } from '../../contract/candidate';

const TOKENS: [string, string][] = [
  ['_z2C$q', ':'],
  ['_z&e3B', '.'],
  ['AzdH3F', '/'],
];
const CIPHER = 'wkv1ju2it3hs4g5rq6fp7eo8dn9cm0bla';
const PLAIN = 'abcdefghijklmnopqrstuvw1234567890';
const LETTERS = new Map([...CIPHER].map((letter, i) => [letter, PLAIN[i] ?? letter]));

/** Characters: three of the tokens are longer than what they stand for, and longer addresses are refused anyway. */
const LONGEST = 6 * MAX_ADDRESS_LENGTH;

/** The clear address; one that is clear already, or of another cipher, comes back as it is. */
export function decipher(address: unknown): unknown {
  if (typeof address !== 'string' || address.length > LONGEST || !address.startsWith('ippr')) return address;
  let clear = address;
  // The marks become characters that the substitution does not know, so they outlive it.
  for (const [token, mark] of TOKENS) clear = clear.replaceAll(token, mark);
  return [...clear].map(letter => LETTERS.get(letter) ?? letter).join('');
}
