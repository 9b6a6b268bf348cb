// A certificate for the demo site's host names, signed by an authority that lives only as long as the demo.
import { createHash, createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';

export interface SiteCertificate {
  key: string;
  cert: string;
  /** PEM of the authority; Firefox trusts this one in the demo's own profile. */
  authority: string;
  /** Base64 of the SHA-256 of the public key; Chromium excuses this one. */
  keyHash: string;
}

export async function siteCertificate(hosts: string[]): Promise<SiteCertificate> {
  // Firefox accepts no certificate that is its own authority, so there are two.
  const authority = await generate([{ name: 'commonName', value: 'Gleaner demo authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const site = await generate([{ name: 'commonName', value: 'Gleaner demo site' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map(nameOf) },
    ],
  });
  const publicKey = createPublicKey(site.cert).export({ type: 'spki', format: 'der' });
  const keyHash = createHash('sha256').update(publicKey).digest('base64');
  return { key: site.private, cert: site.cert, authority: authority.cert, keyHash };
}

/** A host as certificates name it: 7 for an IP address, 2 for a name. */
function nameOf(host: string): { type: 7; ip: string } | { type: 2; value: string } {
  return isIP(host) ? { type: 7, ip: host } : { type: 2, value: host };
}
