// SHA-256 of bytes (FIPS 180-4), by the browser's own cryptography.
import { hex } from './bytes';

/** As 64 lower-case hex digits. */
export async function sha256(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
