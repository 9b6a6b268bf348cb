// Why an image must not be decoded, asked of its bytes before any decoder sees them.
import type { Reason } from '../contract/job';
import { check } from '../pipeline/download/check';
import { OWN_LIMITS } from '../pipeline/download/limits';

/** The reason, or undefined when the image may be decoded, however small it is. Rejects when its file cannot be read. */
export async function unfitImage(image: Blob): Promise<Reason | undefined> {
  if (image.size > OWN_LIMITS.bytes) return 'too-large';
  const checked = check(new Uint8Array(await image.arrayBuffer()), 1, OWN_LIMITS);
  return checked.ok ? undefined : checked.reason;
}
