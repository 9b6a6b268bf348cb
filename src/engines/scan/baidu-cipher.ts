// Baidu's obfuscated addresses (`objURL`, `objurl=`): three tokens for the marks, one letter for another elsewhere.

const TOKENS: [string, string][] = [
  ['_z2C$q', ':'],
  ['_z&e3B', '.'],
  ['AzdH3F', '/'],
];
const CIPHER = 'wkv1ju2it3hs4g5rq6fp7eo8dn9cm0bla';
const PLAIN = 'abcdefghijklmnopqrstuvw1234567890';
const LETTERS = new Map([...CIPHER].map((letter, i) => [letter, PLAIN[i] ?? letter]));

/** The clear address; one that is clear already, or of another cipher, comes back as it is. */
export function decipher(address: unknown): unknown {
  if (typeof address !== 'string' || !/^ippr/.test(address)) return address;
  let clear = address;
  // The marks become characters that the substitution does not know, so they outlive it.
  for (const [token, mark] of TOKENS) clear = clear.replaceAll(token, mark);
  return [...clear].map(letter => LETTERS.get(letter) ?? letter).join('');
}
