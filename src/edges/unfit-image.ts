// Why a picture must not be decoded, asked of its bytes before any decoder sees them.
import type { Reason } from '../contract/job';
import { check } from '../pipeline/download/check';
import { OWN_LIMITS } from '../pipeline/download/limits';

/** The reason, or undefined when the picture may be decoded, however small it is. Rejects when its file cannot be read. */
export async function unfitImage(picture: Blob): Promise<Reason | undefined> {
  if (picture.size > OWN_LIMITS.bytes) return 'too-large';
  const checked = check(new Uint8Array(await picture.arrayBuffer()), 1, OWN_LIMITS);
  return checked.ok ? undefined : checked.reason;
}
